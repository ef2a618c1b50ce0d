import type { RecordedRequest } from '../engine'

/** One argument of a POSIX shell, whatever it holds. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** curl drops a header that is sent as `Name:`; `Name;` sends it empty. */
const header = (name: string, value: string): string => `-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`

/** The request as a command to paste into a shell. Credentials stay `<redacted>`; a cut body is said to be cut. */
export function curlOf({ method, url, headers, body, truncated }: RecordedRequest): string {
  // without --globoff curl would read brackets in an address as a range
  const first = `curl -X ${quoted(method)}${/[[\]{}]/.test(url) ? ' --globoff' : ''} ${quoted(url)}`
  const lines = [first, ...Object.entries(headers).map(([name, value]) => header(name, value))]
  if (body !== '') lines.push(`--data-raw ${quoted(body)}`)
  return `${truncated ? '# The body is cut: it was longer than what is kept.\n' : ''}${lines.join(' \\\n  ')}`
}
