import type { Nested } from '../../engine/index'
import { invalid } from '../../errors'
import { err, ok, type Result } from '../../result'
import { maxBodyBytes, parseSubmission } from './parse-body'

/** The usual type of what begins so: a person who pastes a body has no header to say it. */
function typeOf(text: string): string {
  if (text.startsWith('{') || text.startsWith('[')) return 'application/json'
  return text.startsWith('<') ? 'application/xml' : 'application/x-www-form-urlencoded'
}

const isPairs = /^[^\s=]+\s*=/

/** "a=1" on lines of their own, as people write fields down. */
function asForm(text: string): string {
  const query = /^https?:\/\/\S+\?(\S*)$/i.exec(text)?.[1]
  if (query !== undefined) return query
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  if (lines.length < 2 || !lines.every((line) => isPairs.test(line))) return text
  return lines
    .map((line) => {
      const at = line.indexOf('=')
      return `${encodeURIComponent(line.slice(0, at).trim())}=${encodeURIComponent(line.slice(at + 1).trim())}`
    })
    .join('&')
}

/**
 * Reads a pasted submission as the submit URL would: JSON, XML, a form's body, the address with its query, or a field
 * a line. A refusal says what is wrong with it.
 */
export async function readPasted(pasted: string): Promise<Result<Nested>> {
  const text = pasted.trim()
  const type = typeOf(text)
  const body = Buffer.from(type.endsWith('urlencoded') ? asForm(text) : text)
  const refuse = (message: string) => err(invalid(message, [{ path: 'text', message }]))
  if (body.length > maxBodyBytes) return refuse('This is more than a source may send at once (1 MiB).')
  const parsed = await parseSubmission(body, type, [])
  if (!parsed.ok) return refuse(parsed.error.text)
  return Object.keys(parsed.value).length === 0 ? refuse('There is no field in this.') : ok(parsed.value)
}
