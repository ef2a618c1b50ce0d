import type { Mail } from '../queue-mail'
import { renderMail } from '../render-mail'
import { Action, Frame, Paragraph } from './frame'

/** Tells a seller that a connected buyer's destination is tested and live. `link` leads to the flow or connection. */
export async function setupFinishedMail(news: {
  buyer: string
  flow?: string | undefined
  link: string
}): Promise<Mail> {
  const { buyer, flow, link } = news
  const subject = `${buyer} is ready to receive leads`
  const body = (
    <Frame preview={`${buyer} finished its setup.`} heading={subject}>
      {flow && <Paragraph>{`Flow: ${flow}`}</Paragraph>}
      <Paragraph>{`${buyer} finished its setup: a test lead arrived and its destination is live.`}</Paragraph>
      <Paragraph>The step stays off until you turn it on. From then on it delivers leads.</Paragraph>
      <Action href={link}>Turn the step on</Action>
    </Frame>
  )
  return renderMail({ kind: 'setup_finished', subject }, body)
}
