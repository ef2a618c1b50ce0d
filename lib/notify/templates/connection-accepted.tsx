import type { Mail } from '../queue-mail'
import { renderMail } from '../render-mail'
import { Action, Frame, Paragraph } from './frame'

/** Tells a seller that an invited buyer connected. `link` leads to the connection in the seller's portal. */
export async function connectionAcceptedMail(news: {
  buyer: string
  flow?: string | undefined
  link: string
}): Promise<Mail> {
  const { buyer, flow, link } = news
  const subject = `${buyer} accepted your connection request`
  const body = (
    <Frame preview={`${buyer} is setting up where your leads arrive.`} heading={subject}>
      {flow && <Paragraph>{`Flow: ${flow}`}</Paragraph>}
      <Paragraph>
        {`${buyer} is connected to you and now sets up where your leads arrive. We will write again when it has passed its test.`}
      </Paragraph>
      <Action href={link}>View the connection</Action>
    </Frame>
  )
  return renderMail({ kind: 'connection_accepted', subject }, body)
}
