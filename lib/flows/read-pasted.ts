import { invalid } from '../errors'
import { err, ok, type Result } from '../result'

/*
 * People paste what their partner's documentation shows: JSON, or an object written in JavaScript, with comments, bare
 * keys, single quotes, `const config =` in front, and `process.env.TOKEN` where a secret belongs.
 */

class Unreadable extends Error {
  readonly kind = 'unreadable'
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

const deepest = 60
const space = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y
const word = /[A-Za-z_$][\w$]*/y
const env = /process\.env(?:\.[A-Za-z_]\w*|\[\s*(["'])[A-Za-z_]\w*\1\s*\])/y
const number = /-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y
const declaration = /(?:export\s+)?(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*=/y
const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '\n': '' }
const words: Record<string, unknown> = { true: true, false: false, null: null, undefined: undefined }

class Reader {
  private at = 0
  private readonly text: string
  constructor(text: string) {
    this.text = text
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found) this.at += found[0].length
    return found
  }

  private skip(): void {
    this.take(space)
  }

  private refuse(message: string): never {
    throw new Unreadable(message, this.at)
  }

  private takes(mark: string): boolean {
    this.skip()
    if (!this.text.startsWith(mark, this.at)) return false
    this.at += mark.length
    return true
  }

  /** One value, or several that are each declared with a name. */
  all(): unknown {
    const declared: [string, unknown][] = []
    for (;;) {
      this.skip()
      const name = this.take(declaration)?.[1]
      if (name === undefined) break
      declared.push([name, this.value(0)])
      this.takes(';')
    }
    if (declared.length > 0 && this.isDone()) return Object.fromEntries(declared)
    const value = this.value(0)
    this.takes(';')
    return this.isDone() ? value : this.refuse('Something stands after the end')
  }

  private isDone(): boolean {
    this.skip()
    return this.at >= this.text.length
  }

  private value(depth: number): unknown {
    if (depth > deepest) this.refuse('This is nested too deep')
    if (this.takes('{')) return this.object(depth + 1)
    if (this.takes('[')) return this.list(depth + 1)
    const quote = this.text[this.at]
    if (quote === '"' || quote === "'" || quote === '`') return this.quoted(quote)
    return this.bare()
  }

  private bare(): unknown {
    const variable = this.take(env)?.[0]
    if (variable) return variable
    const digits = this.take(number)?.[0]
    if (digits !== undefined) return Number(digits)
    const start = this.at
    const name = this.take(word)?.[0]
    if (name !== undefined && Object.hasOwn(words, name)) return words[name]
    this.at = start
    return this.refuse(name === undefined ? 'A value is missing' : `“${name}” is not a value`)
  }

  private object(depth: number): Record<string, unknown> {
    const entries: [string, unknown][] = []
    while (!this.takes('}')) {
      const key = this.key()
      if (!this.takes(':')) this.refuse(`A colon is missing after “${key}”`)
      const value = this.value(depth)
      if (value !== undefined) entries.push([key, value])
      if (!this.takes(',') && !this.isAhead('}')) this.refuse('A comma or } is missing')
    }
    return Object.fromEntries(entries)
  }

  private list(depth: number): unknown[] {
    const items: unknown[] = []
    while (!this.takes(']')) {
      items.push(this.value(depth))
      if (!this.takes(',') && !this.isAhead(']')) this.refuse('A comma or ] is missing')
    }
    return items
  }

  private isAhead(mark: string): boolean {
    this.skip()
    return this.text.startsWith(mark, this.at)
  }

  private key(): string {
    this.skip()
    const quote = this.text[this.at]
    if (quote === '"' || quote === "'") return this.quoted(quote)
    return this.take(word)?.[0] ?? this.take(number)?.[0] ?? this.refuse('The name of a setting is missing')
  }

  private quoted(quote: string): string {
    this.at++
    let text = ''
    for (;;) {
      const character = this.text[this.at]
      if (character === undefined || (character === '\n' && quote !== '`')) this.refuse('A closing quote is missing')
      this.at++
      if (character === quote) return text
      text += character === '\\' ? this.escaped() : character
    }
  }

  private escaped(): string {
    const character = this.text[this.at++] ?? ''
    if (character !== 'u') return escapes[character] ?? character
    const code = /^[0-9a-fA-F]{4}/.exec(this.text.slice(this.at, this.at + 4))?.[0]
    if (code === undefined) return this.refuse('\\u needs four digits')
    this.at += 4
    return String.fromCharCode(Number.parseInt(code, 16))
  }
}

function placeWords(text: string, at: number): string {
  const before = text.slice(0, at).split('\n')
  return `line ${before.length}, character ${(before.at(-1)?.length ?? 0) + 1}`
}

/** The value that a person pasted, as JSON or as it stands in code. Refuses with line and character. */
export function readPasted(text: string): Result<unknown> {
  const trimmed = text.replace(/^\uFEFF/, '')
  if (trimmed.trim() === '') return err(invalid('Paste a configuration, or choose a file.'))
  try {
    return ok(JSON.parse(trimmed))
  } catch {
    // not JSON: read it as it would stand in code
  }
  try {
    return ok(new Reader(trimmed).all())
  } catch (error) {
    if (!(error instanceof Error) || (error as Partial<Unreadable>).kind !== 'unreadable') throw error
    const message = `${error.message} (${placeWords(trimmed, (error as Unreadable).at)}).`
    return err(invalid(`This can’t be read. ${message}`, [{ path: 'text', message }]))
  }
}
