import { type Markup, type MarkupNode, textIn } from './markup'
import { isElement, isText, type Predicate, type Step, valuesOnWay } from './steps'
import { type Token, tokensOf, Unreadable } from './xpath-tokens'

/** A path that can't be used: why, and at which character, counted from 0. */
export type PathProblem = { problem: string; at?: number }
export type MarkupPath = (markup: Markup) => string[]

const localOf = (name: string) => name.slice(name.indexOf(':') + 1)
const anyNode = () => true
const named = (name: string) => {
  const local = localOf(name)
  return (node: MarkupNode) => node.name === local && isElement(node)
}

const axes: Record<string, 'child' | 'inside' | 'self-or-inside' | 'self' | 'parent' | 'attribute'> = {
  child: 'child',
  descendant: 'inside',
  'descendant-or-self': 'self-or-inside',
  self: 'self',
  parent: 'parent',
  attribute: 'attribute',
}

const everywhere: Step = { axis: 'self-or-inside', test: anyNode }

/** What a predicate compares: values of the node at hand, or its place. */
type Operand = (markup: Markup, at: number, position: number, size: number) => (string | number)[]

const functionNames = 'contains, starts-with, not, position, last, count, local-name, name, string and normalize-space'

const mostCompared = 20
/** Deeper than this no one reads it, and it would use up the stack. */
const deepestNesting = 10

class Reader {
  private next = 0
  private depth = 0
  private readonly tokens: readonly Token[]
  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  private get token(): Token {
    return this.tokens[this.next] as Token
  }
  private is(text: string): boolean {
    return this.token.kind === 'mark' && this.token.text === text
  }
  private follows(text: string, ahead = 1): boolean {
    const token = this.tokens[this.next + ahead]
    return token?.kind === 'mark' && token.text === text
  }
  private take(text: string): boolean {
    if (!this.is(text)) return false
    this.next++
    return true
  }
  private expect(text: string): void {
    if (!this.take(text)) throw new Unreadable(`“${text}” is missing`, this.token.at)
  }
  private nested<T>(read: () => T): T {
    if (++this.depth > deepestNesting) throw new Unreadable('This is nested too deeply', this.token.at)
    const result = read()
    this.depth--
    return result
  }

  whole(): MarkupPath {
    const path = this.union()
    if (this.token.kind !== 'end') throw new Unreadable(`“${this.token.text}” can’t stand here`, this.token.at)
    return path
  }

  private union(): MarkupPath {
    const ways = [this.way()]
    while (this.take('|')) ways.push(this.way())
    return ways.length === 1 && ways[0] ? ways[0] : (markup) => ways.flatMap((way) => way(markup))
  }

  /** `string(…)` and `normalize-space(…)` around a path say what is done anyway; `(…)[1]` takes one of all. */
  private way(): MarkupPath {
    const { kind, text } = this.token
    if (kind === 'name' && (text === 'string' || text === 'normalize-space') && this.follows('(')) {
      this.next++
      return this.grouped()
    }
    if (!this.is('(')) return this.located()
    const inner = this.grouped()
    if (!this.take('[')) return inner
    const { kind: asked, text: number, at } = this.token
    if (asked !== 'number') throw new Unreadable('Only a number can follow a path in parentheses', at)
    this.next++
    this.expect(']')
    return (markup) => inner(markup).slice(Number(number) - 1, Number(number))
  }

  private grouped(): MarkupPath {
    this.expect('(')
    const inner = this.nested(() => this.union())
    this.expect(')')
    return inner
  }

  private located(): MarkupPath {
    const steps: Step[] = []
    if (this.take('//')) steps.push(everywhere)
    else this.take('/')
    this.steps(steps)
    return (markup) => valuesOnWay(markup, [0], steps)
  }

  private steps(steps: Step[]): void {
    for (;;) {
      const { at } = this.token
      if (steps.some((step) => 'take' in step)) throw new Unreadable('Nothing can follow an attribute', at)
      steps.push(this.step())
      if (this.take('//')) steps.push(everywhere)
      else if (!this.take('/')) return
    }
  }

  private step(): Step {
    if (this.take('..')) return { axis: 'parent', test: anyNode }
    if (this.take('.')) return { axis: 'self', test: anyNode }
    if (this.take('@')) return this.attribute()
    const axis = this.axis()
    if (axis === 'attribute') return this.attribute()
    const test = this.nodeTest()
    const predicates: Predicate[] = []
    while (this.take('[')) {
      predicates.push(this.nested(() => this.either()))
      this.expect(']')
    }
    return { axis, test, predicates }
  }

  private axis(): (typeof axes)[string] {
    const { kind, text, at } = this.token
    if (kind !== 'name' || !this.follows('::')) return 'child'
    const axis = Object.hasOwn(axes, text) ? axes[text] : undefined
    if (!axis) throw new Unreadable(`“${text}::” is not known here; there are ${Object.keys(axes).join(', ')}`, at)
    this.next += 2
    return axis
  }

  private attribute(): Step {
    const { kind, text, at } = this.token
    if (kind !== 'name' && !this.is('*')) throw new Unreadable('Name an attribute after “@”', at)
    this.next++
    return { take: 'attribute', name: text === '*' ? '*' : localOf(text) }
  }

  private nodeTest(): (node: MarkupNode) => boolean {
    const { kind, text, at } = this.token
    if (this.take('*')) return isElement
    if (kind !== 'name') throw new Unreadable('Name an element', at)
    this.next++
    if (!this.take('(')) return named(text)
    this.expect(')')
    if (text === 'text') return isText
    if (text === 'node') return anyNode
    throw new Unreadable(`“${text}()” is not known here; there are text() and node()`, at)
  }

  private either(): Predicate {
    const parts = [this.both()]
    while (this.word('or')) parts.push(this.both())
    return (...given) => parts.some((part) => part(...given))
  }

  private both(): Predicate {
    const parts = [this.condition()]
    while (this.word('and')) parts.push(this.condition())
    return (...given) => parts.every((part) => part(...given))
  }

  private word(text: string): boolean {
    if (this.token.kind !== 'name' || this.token.text !== text) return false
    this.next++
    return true
  }

  private condition(): Predicate {
    if (this.is('(')) {
      this.next++
      const inner = this.nested(() => this.either())
      this.expect(')')
      return inner
    }
    const test = this.test()
    if (test) return test
    const { kind } = this.token
    const left = this.operand()
    const op = this.comparison()
    if (op) return compared(op, left, this.operand())
    if (kind === 'number') return (markup, at, position, size) => left(markup, at, position, size)[0] === position
    // `[last()]` is a place; `[name]` asks whether there is one.
    return (markup, at, position, size) =>
      left(markup, at, position, size).some((value) => typeof value === 'string' || value === position)
  }

  /** Functions that are true or false. */
  private test(): Predicate | undefined {
    const { kind, text } = this.token
    if (kind !== 'name' || !this.follows('(')) return undefined
    if (text === 'not') {
      this.next += 2
      const inner = this.nested(() => this.either())
      this.expect(')')
      return (...given) => !inner(...given)
    }
    if (text !== 'contains' && text !== 'starts-with') return undefined
    this.next += 2
    const left = this.operand()
    this.expect(',')
    const right = this.operand()
    this.expect(')')
    const fits = (whole: string, part: string) => (text === 'contains' ? whole.includes(part) : whole.startsWith(part))
    return (...given) => left(...given).some((whole) => right(...given).some((part) => fits(`${whole}`, `${part}`)))
  }

  private comparison(): string | undefined {
    const { kind, text } = this.token
    if (kind !== 'mark' || !['=', '!=', '<', '>', '<=', '>='].includes(text)) return undefined
    this.next++
    return text
  }

  private operand(): Operand {
    const { kind, text } = this.token
    if (kind === 'string' || kind === 'number') {
      this.next++
      const value = [kind === 'number' ? Number(text) : text]
      return () => value
    }
    if (kind === 'name' && this.follows('(') && !['text', 'node'].includes(text)) return this.called(text)
    return this.relative()
  }

  private relative(): Operand {
    const { at } = this.token
    if (this.is('/') || this.is('//')) throw new Unreadable('A path in brackets starts at the element itself', at)
    const steps: Step[] = []
    this.nested(() => this.steps(steps))
    // Each candidate looks at what is right below it, so that all of them together look at each node once.
    const isNear = steps.every((step) => 'take' in step || step.axis === 'child' || step.axis === 'self')
    if (!isNear) throw new Unreadable('A path in brackets names children, one below the other', at)
    return (markup, node) => valuesOnWay(markup, [node], steps).slice(0, mostCompared)
  }

  private called(name: string): Operand {
    const { at } = this.token
    this.next += 2
    if (name === 'position' || name === 'last') {
      this.expect(')')
      return (_, __, position, size) => [name === 'position' ? position : size]
    }
    if (name === 'local-name' || name === 'name') {
      this.take('.')
      this.expect(')')
      return (markup, node) => [markup[node]?.name ?? '']
    }
    const inner: Operand = this.is(')') ? (markup, node) => [textIn(markup, node)] : this.operand()
    this.expect(')')
    if (name === 'count') return (...given) => [inner(...given).length]
    if (name === 'string') return (...given) => inner(...given).slice(0, 1)
    if (name === 'normalize-space')
      return (...given) => inner(...given).map((value) => `${value}`.trim().replace(/\s+/g, ' '))
    throw new Unreadable(`There is no function “${name}” here. There are ${functionNames}`, at)
  }
}

const orders: Record<string, (left: number, right: number) => boolean> = {
  '<': (left, right) => left < right,
  '>': (left, right) => left > right,
  '<=': (left, right) => left <= right,
  '>=': (left, right) => left >= right,
}

function compared(op: string, left: Operand, right: Operand): Predicate {
  const order = orders[op]
  const fits = (one: string | number, other: string | number): boolean => {
    if (order) return order(Number(one), Number(other))
    const isNumber = typeof one === 'number' || typeof other === 'number'
    return (isNumber ? Number(one) === Number(other) : one === other) === (op === '=')
  }
  return (...given) => left(...given).some((one) => right(...given).some((other) => fits(one, other)))
}

/**
 * Compiles the part of XPath that answers are read with: `/a/b`, `//a`, `*`, `@name`, `text()`, `..`, `|`, and predicates
 * by place, attribute, child and text. Prefixes are looked past, as namespaces are.
 */
export function compileXPath(source: string): MarkupPath | PathProblem {
  try {
    return new Reader(tokensOf(source)).whole()
  } catch (cause) {
    if (cause instanceof Unreadable) return { problem: `${cause.message}.`, at: cause.at }
    throw cause
  }
}
