/** A literal of an expression; a list holds text and numbers only. */
export type Literal = string | number | boolean | null | (string | number)[]

/** The part of CEL that rows can say. */
export type Expression =
  | { kind: 'joined'; op: '&&' | '||'; parts: Expression[] }
  | { kind: 'not'; inner: Expression }
  | { kind: 'compared'; op: string; left: Expression; right: Expression }
  | { kind: 'call'; name: string; given: Expression[] }
  | { kind: 'path'; path: string[] }
  | { kind: 'elements'; elements: Expression[] }
  | { kind: 'literal'; value: Literal }

type Token =
  | { kind: 'text'; value: string }
  | { kind: 'number'; value: number }
  | { kind: 'word' | 'sign'; value: string }

const tokens =
  /\s+|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|\d+(?:\.\d+)?(?![\w.])|[a-z_]\w*|&&|\|\||==|!=|<=|>=|[<>!()[\],.-]/giy

const unescaped: Readonly<Record<string, string>> = { '\\': '\\', "'": "'", '"': '"', n: '\n', r: '\r', t: '\t' }

/** The text of a quoted one; undefined where it holds an escape that is not read here. */
function textOf(quoted: string): string | undefined {
  let isKnown = true
  const text = quoted.slice(1, -1).replace(/\\(.)/g, (_, sign: string) => {
    if (!Object.hasOwn(unescaped, sign)) isKnown = false
    return unescaped[sign] ?? ''
  })
  return isKnown ? text : undefined
}

function tokenOf(text: string): Token | undefined {
  if (/^['"]/.test(text)) {
    const value = textOf(text)
    return value === undefined ? undefined : { kind: 'text', value }
  }
  if (/^\d/.test(text)) return { kind: 'number', value: Number(text) }
  return { kind: /^[a-z_]/i.test(text) ? 'word' : 'sign', value: text }
}

function tokensOf(source: string): Token[] | undefined {
  const found: Token[] = []
  let at = 0
  for (const { 0: text, index } of source.matchAll(tokens)) {
    if (index !== at) return undefined
    at += text.length
    if (text.trim() === '') continue
    const token = tokenOf(text)
    if (!token) return undefined
    found.push(token)
  }
  return at === source.length ? found : undefined
}

/** Thrown and caught here: what is written is no part of this grammar. */
const foreign = new Error('not in this grammar')

const deepest = 40
const comparing: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=', 'in'])
const constants: Readonly<Record<string, Literal>> = { true: true, false: false, null: null }

type Reading = { tokens: readonly Token[]; at: number; depth: number }

const isSign = (reading: Reading, sign: string) => {
  const token = reading.tokens[reading.at]
  return token !== undefined && token.kind !== 'text' && token.value === sign
}

function takes(reading: Reading, sign: string): boolean {
  if (!isSign(reading, sign)) return false
  reading.at++
  return true
}

function expect(reading: Reading, sign: string): void {
  if (!takes(reading, sign)) throw foreign
}

function joined(reading: Reading, op: '&&' | '||', inner: (reading: Reading) => Expression): Expression {
  const first = inner(reading)
  const parts = [first]
  while (takes(reading, op)) parts.push(inner(reading))
  return parts.length === 1 ? first : { kind: 'joined', op, parts }
}

const either = (reading: Reading): Expression => joined(reading, '||', both)
const both = (reading: Reading): Expression => joined(reading, '&&', compared)

function compared(reading: Reading): Expression {
  const left = unary(reading)
  const sign = reading.tokens[reading.at]
  if (!sign || sign.kind === 'text' || sign.kind === 'number' || !comparing.has(sign.value)) return left
  reading.at++
  return { kind: 'compared', op: sign.value, left, right: unary(reading) }
}

function unary(reading: Reading): Expression {
  if (++reading.depth > deepest) throw foreign
  try {
    if (takes(reading, '!')) return { kind: 'not', inner: unary(reading) }
    return takes(reading, '-') ? negative(reading) : primary(reading)
  } finally {
    reading.depth--
  }
}

function negative(reading: Reading): Expression {
  const token = reading.tokens[reading.at++]
  if (token?.kind !== 'number') throw foreign
  return { kind: 'literal', value: -token.value }
}

function primary(reading: Reading): Expression {
  if (takes(reading, '(')) {
    const inner = either(reading)
    expect(reading, ')')
    return inner
  }
  if (takes(reading, '[')) return listOf(separated(reading, ']'))
  const token = reading.tokens[reading.at++]
  if (token?.kind === 'text' || token?.kind === 'number') return { kind: 'literal', value: token.value }
  if (token?.kind !== 'word') throw foreign
  return Object.hasOwn(constants, token.value)
    ? { kind: 'literal', value: constants[token.value] ?? null }
    : named(reading, token.value)
}

function listOf(elements: Expression[]): Expression {
  const values = elements.map((element) => (element.kind === 'literal' ? element.value : undefined))
  const isPlain = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'
  return values.every(isPlain) ? { kind: 'literal', value: values } : { kind: 'elements', elements }
}

function separated(reading: Reading, end: string): Expression[] {
  const found: Expression[] = []
  if (takes(reading, end)) return found
  do found.push(either(reading))
  while (takes(reading, ','))
  expect(reading, end)
  return found
}

/** A path, a call, or a call behind a path: `lead.email`, `has(lead.email)`, `lead.email.contains('x')`. */
function named(reading: Reading, first: string): Expression {
  if (takes(reading, '(')) return { kind: 'call', name: first, given: separated(reading, ')') }
  const path = [first]
  for (;;) {
    if (takes(reading, '[')) {
      path.push(...keyOf(reading))
      continue
    }
    if (!takes(reading, '.')) return { kind: 'path', path }
    const token = reading.tokens[reading.at++]
    if (token?.kind !== 'word') throw foreign
    if (!takes(reading, '(')) {
      path.push(token.value)
      continue
    }
    const given: Expression[] = [{ kind: 'path', path }, ...separated(reading, ')')]
    return { kind: 'call', name: token.value, given }
  }
}

function keyOf(reading: Reading): string[] {
  const token = reading.tokens[reading.at++]
  if (token?.kind !== 'text') throw foreign
  expect(reading, ']')
  return token.value.split('.')
}

/** Reads an expression as far as rows can say it; undefined for all other CEL, and for what is no CEL. */
export function readExpression(source: string): Expression | undefined {
  const found = tokensOf(source)
  if (!found) return undefined
  const reading: Reading = { tokens: found, at: 0, depth: 0 }
  try {
    const expression = either(reading)
    return reading.at === found.length ? expression : undefined
  } catch (cause) {
    if (cause === foreign) return undefined
    throw cause
  }
}
