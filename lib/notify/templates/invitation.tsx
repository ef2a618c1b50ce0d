import type { Mail } from '../queue-mail'
import { renderMail } from '../render-mail'
import { Action, Frame, Paragraph, PlainLink, Quote, Small } from './frame'

export type InvitationMail = {
  seller: string
  flow?: string | undefined
  message: string
  link: string
  expiresAt: Date
  sender: { name: string; email: string }
}

const dateTime = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })

/** The request to connect that a buyer is mailed. Replies go to the person who sent it. */
export async function invitationMail(invitation: InvitationMail): Promise<Mail> {
  const { seller, flow, message, link, expiresAt, sender } = invitation
  const note = message.trim()
  const body = (
    <Frame preview="You've been invited to connect to receive leads." heading={`Connection Request from ${seller}`}>
      <Paragraph>{"You've been invited to connect to receive leads."}</Paragraph>
      {flow && <Paragraph>{`Flow: ${flow}`}</Paragraph>}
      {note && <Quote>{note}</Quote>}
      <Action href={link}>Accept Invite to Connect</Action>
      <Small>{`${sender.name} of ${seller} sent this. Reply to this mail to reach ${sender.email}.`}</Small>
      <Small>{`The invitation works once and expires on ${dateTime.format(expiresAt)} UTC.`}</Small>
      <Small>
        If the button does not work, open <PlainLink href={link} />. If you did not expect this, leave it unanswered.
      </Small>
    </Frame>
  )
  return renderMail({ kind: 'invitation', subject: `Connection Request from ${seller}`, replyTo: sender.email }, body)
}
