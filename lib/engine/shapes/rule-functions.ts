import { ruleTable } from './rule-table'
import type { RuleOp } from './rules'

export type RuleFunction = {
  /** The operator that a call asks for; a function without one makes a value of a value. */
  op?: RuleOp
  /** How many values stand after the first one. */
  more: readonly [least: number, most: number]
  example: string
}

const asking = (op: RuleOp, more: number, most = more): RuleFunction => ({
  op,
  more: [more, most],
  example: ruleTable[op].example,
})

/** Every function of expressions; `f(x, …)` and `x.f(…)` are the same call. */
export const ruleFunctions: Readonly<Record<string, RuleFunction>> = {
  contains: asking('includes', 1),
  startsWith: asking('starts_with', 1),
  endsWith: asking('ends_with', 1),
  matches: asking('matches', 1),
  matchesAny: asking('matches_any', 1),
  like: asking('like', 1),
  between: asking('between', 1, 2),
  inList: asking('in_list', 1),
  inLastDays: asking('in_last_days', 1),
  inNextDays: asking('in_next_days', 1),
  withinMiles: asking('within_miles', 2),
  obscene: asking('obscene', 0),
  has: asking('not_blank', 0),
  blank: asking('blank', 0),
  size: { more: [0, 0], example: 'size(lead.first_name) > 1' },
  lower: { more: [0, 0], example: "lower(lead.email) == 'ann@example.com'" },
  upper: { more: [0, 0], example: "upper(lead.state) == 'CA'" },
}
