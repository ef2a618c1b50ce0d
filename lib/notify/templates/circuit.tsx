import type { Mail } from '../queue-mail'
import { renderMail } from '../render-mail'
import { Action, Frame, Paragraph, Quote } from './frame'

/** `what` fails or works again, for somebody who is to `fix` it or only has to know. Moments are in words. */
export type CircuitNews = {
  what: string
  isOpen: boolean
  failures: number
  nextTry: string
  /** What came instead of an answer: only for whoever owns the target. */
  lastFailure?: string | undefined
  isOwner: boolean
  link: string
}

const opened = ({ what, failures, nextTry, isOwner }: CircuitNews): [string, string] => [
  `Baton stopped sending leads to ${what} after ${failures} failure${failures === 1 ? '' : 's'}. They go to the next buyer, or wait where their step queues them.`,
  `At ${nextTry} one lead tries whether it works again. If it does, all of them follow.${isOwner ? ' You can also let leads pass at once.' : ''}`,
]

/** Tells the people of both sides that a circuit opened, or that it closed. */
export async function circuitMail(news: CircuitNews): Promise<Mail> {
  const { what, isOpen, lastFailure, isOwner, link } = news
  const subject = isOpen ? `${what} is failing: its circuit is open` : `${what} works again: its circuit is closed`
  const words = isOpen ? opened(news) : [`A lead got through to ${what}, so leads are sent there again.`]
  const body = (
    <Frame preview={words[0] ?? subject} heading={subject}>
      {words.map((text) => (
        <Paragraph key={text}>{text}</Paragraph>
      ))}
      {isOpen && isOwner && lastFailure !== undefined && <Quote>{lastFailure}</Quote>}
      <Action href={link}>See how it stands</Action>
    </Frame>
  )
  return renderMail({ kind: 'circuit', subject }, body)
}
