export type Token = { text: string; kind: 'plain' | 'key' | 'text' | 'number' | 'word' | 'mark' }
export type Language = 'json' | 'shell' | 'http' | 'xml' | 'text'

const json = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b|([{}[\],])/g
const xml = /(<\/?[\w:.-]+|\/?>|<\?[^>]*\?>)|([\w:.-]+)(?==")|("[^"]*")/g
const shell = /('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<=\s)(--?[\w-]+)|^(\w+)/gm
const http = /^([A-Z]+)(?= \S)|^([\w-]+)(?=: )/gm

function kindOfJson(match: RegExpExecArray): Token['kind'] {
  if (match[1]) return match[2] ? 'key' : 'text'
  if (match[3]) return 'number'
  return match[4] ? 'word' : 'mark'
}

const kindOfXml = (match: RegExpExecArray): Token['kind'] => (match[1] ? 'key' : match[2] ? 'word' : 'text')
const kindOfShell = (match: RegExpExecArray): Token['kind'] => (match[1] ? 'text' : match[2] ? 'number' : 'word')
const kindOfHttp = (match: RegExpExecArray): Token['kind'] => (match[1] ? 'word' : 'key')

const grammars = {
  json: [json, kindOfJson],
  xml: [xml, kindOfXml],
  shell: [shell, kindOfShell],
  http: [http, kindOfHttp],
} as const

/** A text in coloured pieces. Light on purpose: it colours what helps reading and never refuses a text. */
export function highlight(code: string, language: Language): Token[] {
  if (language === 'text' || code.length > 100_000) return [{ text: code, kind: 'plain' }]
  const [pattern, kindOf] = grammars[language]
  const tokens: Token[] = []
  let end = 0
  for (const match of code.matchAll(pattern)) {
    if (match.index > end) tokens.push({ text: code.slice(end, match.index), kind: 'plain' })
    tokens.push({ text: match[0], kind: kindOf(match as RegExpExecArray) })
    end = match.index + match[0].length
  }
  if (end < code.length) tokens.push({ text: code.slice(end), kind: 'plain' })
  return tokens
}

/** JSON set out over lines when the text is JSON; the text itself otherwise. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

const xmlPiece = /<!\[CDATA\[[\s\S]*?\]\]>|<(?:"[^"]*"|'[^']*'|[^'">])*>|[^<]+/g
const isOpening = (piece: string) => /^<[^/?!]/.test(piece) && !piece.endsWith('/>')
const isClosing = (piece: string) => piece.startsWith('</')
const isTag = (piece: string) => piece.startsWith('<') && !piece.startsWith('<![CDATA[')

/** A text, and the tag after it, go on in the line of the tag before; so does the end of an element without content. */
const goesOn = (piece: string, before: string | undefined): boolean =>
  before !== undefined && (!isTag(piece) || !isTag(before) || (isClosing(piece) && isOpening(before)))

const inkOf = (text: string) => text.replaceAll(/\s/g, '')

/** XML set out over lines, an element with text alone on one; what is no XML stays as it is. */
export function prettyXml(text: string): string {
  const pieces = text.match(xmlPiece)?.filter((piece) => piece.trim() !== '') ?? []
  let written = ''
  let depth = 0
  for (const [index, piece] of pieces.entries()) {
    if (isClosing(piece)) depth--
    const isFirst = index === 0
    if (goesOn(piece, pieces[index - 1]) || isFirst) written += piece
    else written += `\n${'  '.repeat(Math.max(depth, 0))}${piece}`
    if (isOpening(piece)) depth++
  }
  return inkOf(written) === inkOf(text) ? written : text
}
