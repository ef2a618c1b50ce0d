import { type Markup, readMarkup } from './markup'
import type { Seen } from './seen'
import { compileXPath } from './xpath'

const faultIn = compileXPath('/Envelope/Body/Fault')
const wordsIn = compileXPath('/Envelope/Body/Fault/faultstring | /Envelope/Body/Fault/Reason/Text')

const find = (path: typeof faultIn, markup: Markup) => ('problem' in path ? [] : path(markup))

/** The words of a SOAP fault, 1.1 or 1.2; undefined where the answer is none. */
export function faultOf(seen: Seen): string | undefined {
  const text = seen.raw.trimStart()
  // Looking at every answer, this must cost next to nothing for those of other kinds.
  if (!/^\ufeff?</.test(text) || !text.includes('Fault') || !text.includes('Envelope')) return undefined
  const markup = seen.spec.kind === 'xml' && seen.body.markup ? seen.body.markup : readMarkup(text, true)
  if (find(faultIn, markup).length === 0) return undefined
  const words = find(wordsIn, markup)
    .map((found) => found.trim())
    .find((found) => found !== '')
  return words ?? 'SOAP fault without a reason'
}
