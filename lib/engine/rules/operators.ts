import type { Names } from '../names/references'
import type { Scope } from '../names/scope'
import type { RuleOp } from '../schema'
import { between } from './between'
import { anyText, blank, equal, isUnorderable, oneOf, ordered, textual, truth } from './comparisons'
import { type Condition, constant } from './conditions'
import { withinDays } from './days'
import { withinMiles } from './distance'
import { inList } from './membership'
import { isObscene } from './obscene'
import { literal, make, type Noting, type Operand } from './operands'
import { compileGlob, compilePattern, type Pattern } from './patterns'
import type { OrderOp } from './values'

export type Making = { names: Names; note: Noting }

type Maker = (subject: Operand, objects: readonly Operand[], negated: boolean, to: Making) => Condition

const nothing = literal(undefined)

function warnOfBlank(sides: readonly Operand[], { names, note }: Making): void {
  for (const { reference } of sides) {
    const field = reference?.field
    if (field === undefined || names.fields.get(field)?.required) continue
    note(`${reference?.words} may be blank; then this is not true.`, 'warning')
  }
}

/** An ordering, with a word of warning for what may be blank and a refusal of what has no order. */
export function ordering(op: OrderOp, left: Operand, right: Operand, negated: boolean, to: Making): Condition {
  warnOfBlank([left, right], to)
  if (isUnorderable(left, right)) to.note(`${left.words} can’t be put in order with ${right.words}.`)
  return ordered(op, left, right, negated)
}

const orderingBy =
  (op: OrderOp): Maker =>
  (subject, [object = nothing], negated, to) =>
    ordering(op, subject, object, negated, to)

/** Patterns must be written out: one that a lead brings along could be anything. */
function patternsOf(object: Operand | undefined, compile: typeof compilePattern, note: Noting): Pattern[] | undefined {
  const written = object?.literal?.value
  const sources = Array.isArray(written) ? written : [written]
  if (sources.length === 0 || !sources.every((source) => typeof source === 'string')) {
    note('Give a pattern written out in quotes.', 'error', 0)
    return undefined
  }
  const made: Pattern[] = []
  for (const pattern of sources.map(compile)) {
    if ('problem' in pattern) note(pattern.problem, 'error', 0)
    else made.push(pattern)
  }
  return made.length === sources.length ? made : undefined
}

const matching =
  (op: 'matches' | 'matches_any' | 'like'): Maker =>
  (subject, [object], negated, { note }) => {
    const patterns = patternsOf(object, op === 'like' ? compileGlob : compilePattern, note)
    const [only] = patterns ?? []
    if (!patterns || !only) return constant(false)
    const test =
      patterns.length === 1
        ? (scope: Scope) => anyText(subject.read(scope), only.test)
        : (scope: Scope) => anyText(subject.read(scope), (text) => patterns.some((pattern) => pattern.test(text)))
    const words = patterns.map(({ source }) => source).join(', ')
    return make({ op, left: subject, right: { words, read: () => words }, negated, test })
  }

const makers: Partial<Record<RuleOp, Maker>> = {
  equals: (subject, [object = nothing], negated) => equal(subject, object, negated),
  in: (subject, [object = nothing], negated) => oneOf(subject, object, negated),
  in_list: (subject, [object], negated, to) => inList(subject, object, negated, to),
  less_than: orderingBy('<'),
  at_most: orderingBy('<='),
  greater_than: orderingBy('>'),
  at_least: orderingBy('>='),
  between(subject, objects, negated, to) {
    if (!negated) warnOfBlank([subject], to)
    return between(subject, objects, negated, to.note)
  },
  in_last_days: (subject, [object], negated, { note }) => withinDays('in_last_days', subject, object, negated, note),
  in_next_days: (subject, [object], negated, { note }) => withinDays('in_next_days', subject, object, negated, note),
  within_miles: (subject, objects, negated, { note, names }) =>
    withinMiles(subject, objects, negated, { note, locate: names.locate }),
  includes: (subject, [object = nothing], negated) => textual('includes', subject, object, negated),
  starts_with: (subject, [object = nothing], negated) => textual('starts_with', subject, object, negated),
  ends_with: (subject, [object = nothing], negated) => textual('ends_with', subject, object, negated),
  matches: matching('matches'),
  matches_any: matching('matches_any'),
  like: matching('like'),
  obscene: (subject, _, negated) =>
    make({ op: 'obscene', left: subject, negated, test: (scope) => anyText(subject.read(scope), isObscene) }),
  valid: (subject, _, negated) => truth(subject, negated),
  blank: (subject, _, negated) => blank(subject, negated),
  true: (subject, _, negated) => truth(subject, negated),
  false: (subject, _, negated) => truth(subject, negated, false),
}

const negative = (op: RuleOp) => (op.startsWith('not_') ? (op.slice('not_'.length) as RuleOp) : undefined)

/** The condition that an operator makes of a subject and what it is compared with; a `not_…` is the complement. */
export function conditionOf(
  op: RuleOp,
  subject: Operand,
  objects: readonly Operand[],
  negated: boolean,
  to: Making,
): Condition {
  const positive = negative(op)
  const maker = makers[positive ?? op]
  if (!maker) throw new Error(`no operator ${op}`)
  return maker(subject, objects, negated !== (positive !== undefined), to)
}
