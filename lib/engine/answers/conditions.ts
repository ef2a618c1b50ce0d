import { answerOfValue } from '../rules/values'
import type { CompiledCondition, Seen } from './seen'
import { isExpected, plainText } from './values'

/** Whether values say what is looked for; without a test, any that is not blank or a no. */
function meets({ is, pattern }: CompiledCondition, values: readonly unknown[]): boolean {
  const { equals, contains } = is
  if (equals !== undefined) return values.some((value) => isExpected(value, equals))
  if (pattern) return values.some((value) => pattern.found(plainText(value)) !== undefined)
  if (contains === undefined) return values.some((value) => answerOfValue(value) !== false)
  const sought = contains.trim().toLowerCase()
  // A row that is not filled in yet must not take every answer.
  if (sought === '') return false
  return values.some((value) => plainText(value).toLowerCase().includes(sought))
}

/** What a condition looks at: the values at its path, or else the body as it came. */
export function lookedAt({ is: { path, equals } }: CompiledCondition, seen: Seen): readonly unknown[] {
  if (path !== undefined && path.trim() !== '') return seen.values(path)
  if (equals === undefined || seen.isEmpty) return [seen.raw]
  return seen.body.kind === 'json' && seen.body.problem === undefined ? [seen.body.json] : [seen.raw]
}

const hasTest = ({ is: { path, equals, contains, matches } }: CompiledCondition): boolean =>
  (path !== undefined && path.trim() !== '') || equals !== undefined || contains !== undefined || matches !== undefined

export const fitsCodes = ({ is: { codes } }: CompiledCondition, status: number): boolean =>
  codes === undefined || codes.includes(status)

/** Whether an answer is what a condition asks for: one without codes and test is any answer. */
export const fits = (condition: CompiledCondition, seen: Seen): boolean =>
  fitsCodes(condition, seen.status) && (!hasTest(condition) || meets(condition, lookedAt(condition, seen)))

/** The first condition that fits, by its number from 0; -1 when none does. */
export const firstFit = (seen: Seen): number => seen.spec.conditions.findIndex((condition) => fits(condition, seen))
