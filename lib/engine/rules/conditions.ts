import type { Scope } from '../names/scope'
import type { Comparison } from '../types'

/** A rule or a part of one, ready to be evaluated. */
export type Condition = {
  test: (scope: Scope) => boolean
  /** "State is one of CA, TX". */
  words: string
  /** "State must be one of CA, TX". */
  must: string
  /** Evaluates as `test` does and notes every comparison that was made. */
  explain: (scope: Scope, into: Comparison[]) => boolean
  /** What had to be so and was not, in words; meaningful when `test` is false. */
  why: (scope: Scope) => string
  /** How many parts stand side by side: 1 for a single comparison. */
  joined?: 'and' | 'or'
  /** The parts themselves, where there are several. */
  parts?: readonly Condition[]
}

const longest = 200
const shown = (value: unknown) =>
  typeof value === 'string' && value.length > longest ? `${value.slice(0, longest)}…` : value

type LeafParts = {
  words: string
  must: string
  test: (scope: Scope) => boolean
  left?: (scope: Scope) => unknown
  right?: (scope: Scope) => unknown
}

/** A single comparison. Leave `left` and `right` out where the values must not be written down. */
export function leaf({ words, must, test, left, right }: LeafParts): Condition {
  return {
    test,
    words,
    must,
    why: () => must,
    explain(scope, into) {
      const passed = test(scope)
      const comparison: Comparison = { text: words, passed }
      if (left) comparison.left = shown(left(scope)) ?? null
      if (right) comparison.right = shown(right(scope)) ?? null
      into.push(comparison)
      return passed
    },
  }
}

/** A rule that says the same of every lead. */
export const constant = (value: boolean, words = value ? 'Always' : 'Never'): Condition => ({
  test: () => value,
  words,
  must: words,
  why: () => words,
  explain: () => value,
})

const inBrackets = (condition: Condition, joint: 'and' | 'or', say: (condition: Condition) => string) =>
  condition.joined && condition.joined !== joint ? `(${say(condition)})` : say(condition)

const join = (conditions: Condition[], joint: 'and' | 'or', say: (condition: Condition) => string) =>
  conditions.map((condition) => inBrackets(condition, joint, say)).join(` ${joint} `)

const wordsOf = (condition: Condition) => condition.words
const mustOf = (condition: Condition) => condition.must

/** True when all are; looks no further than the first that is not. */
export function all(conditions: Condition[]): Condition {
  const [first, second] = conditions
  if (!first) return constant(true)
  if (conditions.length === 1) return first
  const test =
    conditions.length === 2 && second
      ? (scope: Scope) => first.test(scope) && second.test(scope)
      : (scope: Scope) => conditions.every((condition) => condition.test(scope))
  return {
    test,
    words: join(conditions, 'and', wordsOf),
    must: join(conditions, 'and', mustOf),
    joined: 'and',
    parts: conditions,
    explain: (scope, into) => conditions.every((condition) => condition.explain(scope, into)),
    why: (scope) => conditions.find((condition) => !condition.test(scope))?.why(scope) ?? '',
  }
}

/** True when one is; looks no further than that one. */
export function any(conditions: Condition[]): Condition {
  const [first, second] = conditions
  if (!first) return constant(true)
  if (conditions.length === 1) return first
  const test =
    conditions.length === 2 && second
      ? (scope: Scope) => first.test(scope) || second.test(scope)
      : (scope: Scope) => conditions.some((condition) => condition.test(scope))
  return {
    test,
    words: join(conditions, 'or', wordsOf),
    must: join(conditions, 'or', mustOf),
    joined: 'or',
    parts: conditions,
    explain: (scope, into) => conditions.some((condition) => condition.explain(scope, into)),
    why: (scope) => conditions.map((condition) => condition.why(scope)).join(' or '),
  }
}
