/** Why a path can't be read, and at which character, counted from 0. */
export class Unreadable extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

export type Token = { text: string; at: number; kind: 'name' | 'number' | 'string' | 'mark' | 'end' }

const tokenPattern =
  /\s*(?:([A-Za-z_][\w.-]*(?::(?!:)[A-Za-z_][\w.-]*)?)|(\d+)|"([^"]*)"|'([^']*)'|(\/\/|::|\.\.|!=|<=|>=|[/@*.()[\]|,=<>]))/y

function strange(source: string, start: number): Unreadable {
  const at = start + (/^\s*/.exec(source.slice(start))?.[0].length ?? 0)
  const character = source.charAt(at)
  const isQuote = character === '"' || character === "'"
  return new Unreadable(isQuote ? 'A quote is not closed' : `“${character}” can’t stand here`, at)
}

function tokenOf(match: RegExpExecArray): Token {
  const [whole, name, number, double, single, mark] = match
  const at = match.index + (whole.length - whole.trimStart().length)
  if (name !== undefined) return { kind: 'name', text: name, at }
  if (number !== undefined) return { kind: 'number', text: number, at }
  if (mark !== undefined) return { kind: 'mark', text: mark, at }
  return { kind: 'string', text: double ?? single ?? '', at }
}

/** The words and marks of an XPath, in their order, with an end after them. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  const { length } = source.trimEnd()
  for (let start = 0; start < length; start = tokenPattern.lastIndex) {
    tokenPattern.lastIndex = start
    const match = tokenPattern.exec(source)
    if (!match) throw strange(source, start)
    tokens.push(tokenOf(match))
  }
  tokens.push({ kind: 'end', text: '', at: source.length })
  return tokens
}
