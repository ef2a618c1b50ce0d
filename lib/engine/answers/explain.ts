import type { ParserType, ResponseSpec } from '../schema'
import type { Answer, Captured, Verdict } from '../types'
import { fits, fitsCodes, lookedAt } from './conditions'
import { type Decider, decideAnswer, readAnswer } from './read-answer'
import { itemsIn } from './read-batch'
import type { CompiledCondition, Seen } from './seen'
import { alertOf, isErrorStatus } from './status-words'
import { plainText } from './values'

/** What stands at one path of the settings; `at` points into them (`parser.price_path`, `capture.score`). */
export type FoundValues = { at: string; path: string; values: string[] }

/** How an answer was read, for a person. `at` and the numbers of conditions point into the settings. */
export type AnswerExplanation = {
  verdict: Verdict
  /** The kind that the body was read as; absent when nothing was answered. */
  kind?: ParserType
  /** Why the body is not of that kind. */
  problem?: string
  decided: { by: Decider['by']; at?: string; words: string }
  /** Each condition with what it saw; those after the one that decided are not looked at. */
  conditions: { result: 'fits' | 'does not fit' | 'not looked at'; words: string }[]
  found: FoundValues[]
  captured: Record<string, Captured>
}

const longestShown = 200
const shown = (value: unknown) => {
  const text = plainText(value).trim()
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
}

const testWords = ({ equals, contains, matches }: CompiledCondition['is']): string => {
  if (equals !== undefined) return `is “${equals}”`
  if (contains !== undefined) return `contains “${contains}”`
  return matches === undefined ? 'is there' : `matches “${matches}”`
}

const hasTest = ({ path, equals, contains, matches }: CompiledCondition['is']) =>
  Boolean(path?.trim()) || equals !== undefined || contains !== undefined || matches !== undefined

/** What the test of a condition saw: "“error.code” is “DUP”", "“error” is not one that is “x”, nothing is there". */
function testedWords(condition: CompiledCondition, seen: Seen): string {
  const { is } = condition
  const hasPath = Boolean(is.path?.trim())
  const what = hasPath ? `“${is.path}”` : 'the answer'
  if (fits(condition, seen)) return `${what} ${testWords(is)}`
  const values = hasPath ? lookedAt(condition, seen).map(shown) : []
  const said = values.length > 0 ? `it says “${values.join(', ')}”` : 'nothing is there'
  return `${what} is not one that ${testWords(is)}${hasPath ? `: ${said}` : ''}`
}

/** "422 is one of 409, 422, and “error.code” is “DUP”". */
function wordsOf(condition: CompiledCondition, seen: Seen): string {
  const { is } = condition
  if (!fitsCodes(condition, seen.status))
    return `${seen.status} is none of ${is.codes?.join(', ') || 'no codes at all'}`
  const code = is.codes && `${seen.status} is one of ${is.codes.join(', ')}`
  if (!hasTest(is)) return code ?? 'any answer fits'
  const tested = testedWords(condition, seen)
  return code === undefined ? tested : `${code}, ${fits(condition, seen) ? 'and' : 'but'} ${tested}`
}

function conditionsOf(seen: Seen, decider: Decider): AnswerExplanation['conditions'] {
  const last = decider.by === 'condition' ? decider.index : Number.POSITIVE_INFINITY
  return seen.spec.conditions.map((condition, index) =>
    index > last
      ? { result: 'not looked at', words: 'An earlier condition decided' }
      : { result: index === last ? 'fits' : 'does not fit', words: wordsOf(condition, seen) },
  )
}

function successWords(seen: Seen, verdict: Verdict): string {
  const { parser } = seen.spec.is
  const code = `${seen.status} is a success code`
  if (verdict.outcome !== 'accepted') return `${code}, but the body does not say yes: ${missedWords(seen)}`
  if (!parser?.success_path) return `${code}.`
  return `${code}, and “${parser.success_path}” is “${seen.values(parser.success_path).map(shown).join(', ')}”.`
}

function missedWords(seen: Seen): string {
  const { success_path: path, success_value: expected } = seen.spec.is.parser ?? {}
  if (seen.body.problem !== undefined) return seen.body.problem
  if (!path) return `it is not “${expected}”.`
  const values = seen.values(path).map(shown)
  if (values.length === 0) return `there is no “${path}”.`
  return `“${path}” is “${values.join(', ')}”${expected === undefined ? '' : `, not “${expected}”`}.`
}

function statusWords(seen: Seen, { at }: { at: string }): string {
  const { status } = seen
  if (at === 'error_codes') return `${status} is one of the error codes.`
  const alert = alertOf(status)
  if (alert !== undefined) return `${status} says that the destination is broken, not the lead: ${alert}.`
  return isErrorStatus(status) ? `${status} is always an error.` : `${status} is no success code.`
}

function decidedWords(seen: Seen, decider: Decider, verdict: Verdict): string {
  switch (decider.by) {
    case 'condition':
      return `Condition ${decider.index + 1} decides: ${wordsOf(seen.spec.conditions[decider.index] as CompiledCondition, seen)}.`
    case 'fault':
      return 'The answer is a SOAP fault.'
    case 'duplicate':
      return `“${seen.spec.is.parser?.duplicate_path}” says that the buyer had this lead already.`
    case 'success':
      return successWords(seen, verdict)
    case 'status':
      return statusWords(seen, decider)
    default:
      return verdict.reason ?? ''
  }
}

const pathNames = ['success_path', 'duplicate_path', 'reason_path', 'price_path', 'id_path'] as const

function foundIn(seen: Seen): FoundValues[] {
  const { parser, capture = {} } = seen.spec.is
  const paths = pathNames.map((name): [string, string | undefined] => [`parser.${name}`, parser?.[name]])
  const captures = Object.entries(capture).map(([name, path]): [string, string] => [`capture.${name}`, path])
  return [...paths, ...captures].flatMap(([at, path]) =>
    path?.trim() ? [{ at, path, values: seen.values(path).slice(0, 20).map(shown) }] : [],
  )
}

/**
 * Reads an answer and says how: what decided, what each condition saw and what stands at each path. Its verdict is
 * always that of `readAnswer`, of the first item where the settings say where an answer has its items.
 */
export function explainAnswer(spec: ResponseSpec, answer: Answer, stepPriceCents?: number): AnswerExplanation {
  if (answer.kind !== 'answer') {
    const verdict = readAnswer(spec, answer)
    return {
      verdict,
      decided: { by: 'sending', words: verdict.reason ?? '' },
      conditions: [],
      found: [],
      captured: {},
    }
  }
  const items = itemsIn(spec, answer.body)
  const [first] = items ?? []
  const read = first === undefined ? answer : { ...answer, body: first }
  const { verdict, decider, seen } = decideAnswer(spec, read, stepPriceCents)
  const which = items === undefined ? '' : `Item 1 of ${items.length}: `
  const { kind, problem } = seen.body
  return {
    verdict,
    kind,
    ...(problem !== undefined && { problem }),
    decided: {
      by: decider.by,
      ...('at' in decider && { at: decider.at }),
      words: which + decidedWords(seen, decider, verdict),
    },
    conditions: conditionsOf(seen, decider),
    found: foundIn(seen),
    captured: verdict.captured ?? {},
  }
}
