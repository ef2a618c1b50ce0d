const suspicious = /\\u(?:d[89a-f]|0000)/
const escapes = /\\\\|\\u(?:d[89a-f][0-9a-f]{2}|0000)/g

/**
 * Rows, or a document, as one JSON text that Postgres takes. It refuses NUL and half of a surrogate pair (a text cut in
 * the middle of an emoji), and one such value would refuse the whole batch: each becomes the replacement character. `JSON.stringify` writes exactly those two as escapes, so a look at the text finds them.
 */
export function asJson(value: unknown): string {
  const text = JSON.stringify(value)
  if (!suspicious.test(text)) return text
  return text.replace(escapes, (found) => (found === '\\\\' ? found : '\\ufffd'))
}
