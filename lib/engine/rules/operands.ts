import type { Kind, Reference } from '../names/references'
import { type Read, type Scope, textOf } from '../names/scope'
import type { RuleOp } from '../schema'
import { phraseOf, ruleTable } from '../schema'
import { type Condition, leaf } from './conditions'

/** One side of a comparison. */
export type Operand = {
  read: Read
  words: string
  kind?: Kind | undefined
  /** Present for what is written in the rule itself. */
  literal?: { value: unknown }
  order?: Read | undefined
  masked?: boolean
  reference?: Reference
}

export const operandOf = (reference: Reference): Operand => ({
  read: reference.read,
  words: reference.words,
  kind: reference.kind,
  order: reference.order,
  masked: reference.masked,
  reference,
})

const literalWords = (value: unknown): string => {
  if (value === '' || value === null) return 'blank'
  return Array.isArray(value) ? value.map(textOf).join(', ') : textOf(value)
}

export const literal = (value: unknown): Operand => ({
  read: () => value,
  words: literalWords(value),
  literal: { value },
})

/** Several values as one. */
export function listOperand(elements: readonly Operand[]): Operand {
  if (elements.every((element) => element.literal)) return literal(elements.map((element) => element.literal?.value))
  return {
    read: (scope) => elements.map((element) => element.read(scope)),
    words: elements.map(({ words }) => words).join(', '),
    masked: elements.some(({ masked }) => masked),
  }
}

/** Says what is wrong with a condition; `argument` counts what it is compared with from 0, absent for all of it. */
export type Noting = (message: string, severity?: 'error' | 'warning', argument?: number) => void

/** What a comparison compares with: its words, and the value for the trace. */
export type Compared = { words: string; read?: Read; masked?: boolean | undefined }

export type Made = {
  op: RuleOp
  left: Operand
  right?: Compared
  negated: boolean
  test: (scope: Scope) => boolean
  /** The kind that the words go by, where it is not the left side's own. */
  kind?: string | undefined
}

const negatedWords = (words: string) =>
  words.replace(/^(is|must be) /, (_, verb: string) => (verb === 'is' ? 'is not ' : 'must not be '))

/** Words of an operator, or of its opposite; orderings have no opposite of their own. */
function phrase(op: RuleOp, negated: boolean, kind: string | undefined): { is: string; must: string } {
  if (!negated) return phraseOf(op, kind)
  const { opposite } = ruleTable[op]
  if (opposite) return phraseOf(opposite, kind)
  const { is, must } = phraseOf(op, kind)
  return { is: negatedWords(is), must: negatedWords(must) }
}

/** One comparison in words, with its values where they may be written down. */
export function make({ op, left, right, negated, test, kind = left.kind }: Made): Condition {
  const { is, must } = phrase(op, negated, kind)
  const object = right ? ` ${right.words}` : ''
  const hidden = left.masked || right?.masked
  return leaf({
    words: `${left.words} ${is}${object}`,
    must: `${left.words} ${must}${object}`,
    test: negated ? (scope) => !test(scope) : test,
    ...(!hidden && !left.literal && { left: left.read }),
    ...(!hidden && right?.read && { right: right.read }),
  })
}
