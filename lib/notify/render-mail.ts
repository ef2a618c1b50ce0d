import type { ReactElement } from 'react'
import { render } from 'react-email'
import type { Mail } from './queue-mail'

const htmlToTextOptions = { selectors: [{ selector: 'h1', options: { uppercase: false } }] }

/** A mail of one template as HTML and as text. Header fields stay on one line, whatever a company is called. */
export async function renderMail(head: Pick<Mail, 'kind' | 'subject' | 'replyTo'>, body: ReactElement): Promise<Mail> {
  const [html, text] = await Promise.all([render(body), render(body, { plainText: true, htmlToTextOptions })])
  return { ...head, subject: head.subject.replace(/\s+/g, ' ').trim(), html, text }
}
