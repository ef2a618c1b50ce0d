import { centsOf } from '../../money'
import { answerOfValue } from '../rules/values'
import type { ResponseSpec } from '../schema'
import type { Answer, Captured, Verdict } from '../types'
import { firstFit, lookedAt } from './conditions'
import { faultOf } from './fault'
import { renderReason, short } from './reason'
import { type CompiledCondition, compiledSpec, Seen } from './seen'
import { alertOf, isErrorStatus, isRedirect, statusSaid } from './status-words'
import { capturedOf, firstPrice, flat, isExpected, mostCaptured, plainText } from './values'

type Answered = Extract<Answer, { kind: 'answer' }>

/** What decided about an answer. `at` points into its settings, where a setting did. */
export type Decider =
  | { by: 'condition'; at: string; index: number }
  | { by: 'fault' | 'sending' }
  | { by: 'duplicate' | 'success' | 'status'; at: string }

/** Reasons at the parser's path: trimmed, each once, in the order of the alphabet, so that equal ones read the same. */
function reasonIn(seen: Seen): string | undefined {
  const reasons = flat(seen.values(seen.spec.is.parser?.reason_path))
  const texts = [...new Set(reasons.map((reason) => plainText(reason).trim()))].filter((text) => text !== '')
  return texts.length > 0 ? short(texts.sort().join(', ')) : undefined
}

const isGiven = (path: string | undefined): path is string => path !== undefined && path.trim() !== ''

/** Codes that say "accepted" without words need no body, unless the parser looks for something in it. */
const needsNoBody = ({ spec, status, isEmpty }: Seen): boolean =>
  (status === 204 || status === 205) &&
  isEmpty &&
  !isGiven(spec.is.parser?.success_path) &&
  spec.is.parser?.success_value === undefined

/** Whether values at a path say yes: what is expected, or without it anything but a no. */
const saysYes = (values: readonly unknown[], expected: string | number | boolean | undefined): boolean =>
  values.some((value) => (expected === undefined ? answerOfValue(value) !== false : isExpected(value, expected)))

/** Why a body does not meet the parser; undefined when it does. */
function shortfall(seen: Seen): string | undefined {
  const { parser } = seen.spec.is
  if (!parser || needsNoBody(seen)) return undefined
  const { success_path: path, success_value: expected } = parser
  const { kind, problem, json, text } = seen.body
  if (problem !== undefined) return problem
  if (!isGiven(path)) {
    const isMet = expected === undefined || isExpected(kind === 'json' ? json : text, expected)
    return isMet ? undefined : `The answer is not “${expected}”.`
  }
  const values = seen.values(path)
  if (values.length === 0) return `The answer has no “${path}”.`
  if (saysYes(values, expected)) return undefined
  return `“${path}” is “${short(values.map(plainText).join(', '))}”${expected === undefined ? '' : `, not “${expected}”`}.`
}

/** Whether the parser's own words say that the buyer had this lead already. */
function isDuplicate(seen: Seen): boolean {
  const { duplicate_path: path, duplicate_value: expected } = seen.spec.is.parser ?? {}
  return isGiven(path) && saysYes(seen.values(path), expected)
}

const idIn = (seen: Seen): string => plainText(seen.values(seen.spec.is.parser?.id_path)[0]).trim().slice(0, 200)

function priceIn(seen: Seen, stepPriceCents: number | undefined): number | undefined {
  const { parser, fallback_price: fallback } = seen.spec.is
  return firstPrice(seen.values(parser?.price_path)) ?? centsOf(fallback) ?? stepPriceCents
}

function capturedIn(seen: Seen): Record<string, Captured> | undefined {
  const { capture } = seen.spec.is
  if (!capture) return undefined
  const captured: Record<string, Captured> = {}
  for (const name of Object.keys(capture).slice(0, mostCaptured)) {
    const value = capturedOf(seen.values(capture[name]))
    if (value !== undefined) captured[name] = value
  }
  return captured
}

const defaultReason = ({ spec }: Seen) => spec.is.default_reason?.trim() || undefined

type Decision = Pick<Verdict, 'outcome' | 'reason' | 'alert' | 'duplicate'> & { decider: Decider }

const duplicate = { outcome: 'rejected', duplicate: true } as const

function reasonOfCondition(condition: CompiledCondition, seen: Seen): string | undefined {
  if (!condition.reason) return undefined
  const captured = capturedIn(seen) ?? {}
  const price = firstPrice(seen.values(seen.spec.is.parser?.price_path))
  const facts: Record<string, unknown> = {
    reason: reasonIn(seen),
    status_code: seen.status,
    value: condition.is.path ? plainText(lookedAt(condition, seen)[0]) : undefined,
    price: price === undefined ? undefined : price / 100,
    id: idIn(seen),
  }
  for (const name in captured) facts[`captured.${name}`] = captured[name]
  return renderReason(condition.reason, facts) || undefined
}

function byCondition(seen: Seen, index: number): Decision {
  const condition = seen.spec.conditions[index] as CompiledCondition
  const decider: Decider = { by: 'condition', at: `conditions.${index}`, index }
  const { outcome } = condition.is
  if (outcome === 'accepted') return { outcome, decider }
  const own = reasonOfCondition(condition, seen)
  if (outcome === 'duplicate') return { ...duplicate, reason: own ?? 'Duplicate', decider }
  const reason = own ?? reasonIn(seen) ?? defaultReason(seen) ?? statusSaid(seen.status)
  const alert = outcome === 'error' ? alertOf(seen.status) : undefined
  return { outcome, reason, decider, ...(alert !== undefined && { alert }) }
}

function bySuccessCode(seen: Seen): Decision {
  const missed = shortfall(seen)
  if (missed === undefined) {
    const at = seen.spec.is.parser?.success_path ? 'parser.success_path' : 'success_codes'
    return { outcome: 'accepted', decider: { by: 'success', at } }
  }
  const reason = reasonIn(seen) ?? defaultReason(seen) ?? missed
  return { outcome: 'rejected', reason, decider: { by: 'success', at: 'parser.success_path' } }
}

function byStatus(seen: Seen, fault: string | undefined): Decision {
  const { status, spec } = seen
  const own = reasonIn(seen) ?? fault
  const alert = alertOf(status)
  const isListed = spec.is.error_codes?.includes(status) === true
  const decider: Decider = { by: 'status', at: isListed ? 'error_codes' : 'success_codes' }
  if (alert !== undefined) return { outcome: 'error', reason: own ?? `${alert} (${status})`, alert, decider }
  if (isListed || isErrorStatus(status)) return { outcome: 'error', reason: own ?? statusSaid(status), decider }
  if (isRedirect(status)) {
    const reason = `${statusSaid(status)}; redirects are not followed`
    return { outcome: 'rejected', reason, alert: 'Moved to another address', decider }
  }
  return { outcome: 'rejected', reason: own ?? defaultReason(seen) ?? statusSaid(status), decider }
}

function decide(seen: Seen): Decision {
  const fitting = seen.spec.conditions.length > 0 ? firstFit(seen) : -1
  if (fitting >= 0) return byCondition(seen, fitting)
  const isSuccess = seen.spec.is.success_codes.includes(seen.status)
  const fault = faultOf(seen)
  if (fault !== undefined && (isSuccess || alertOf(seen.status) === undefined)) {
    return { outcome: 'error', reason: short(reasonIn(seen) ?? fault), decider: { by: 'fault' } }
  }
  const isBroken = !isSuccess && (isErrorStatus(seen.status) || alertOf(seen.status) !== undefined)
  if (!isBroken && isDuplicate(seen)) {
    return { ...duplicate, reason: 'Duplicate', decider: { by: 'duplicate', at: 'parser.duplicate_path' } }
  }
  return isSuccess ? bySuccessCode(seen) : byStatus(seen, fault)
}

function verdictOf(seen: Seen, decision: Decision, stepPriceCents: number | undefined): Verdict {
  const verdict: Verdict = { outcome: decision.outcome, statusCode: seen.status }
  if (decision.reason !== undefined) verdict.reason = decision.reason
  if (decision.alert !== undefined) verdict.alert = decision.alert
  if (decision.duplicate) verdict.duplicate = true
  const isRefusal = !seen.spec.is.success_codes.includes(seen.status) && decision.outcome !== 'accepted'
  const id = isRefusal ? '' : idIn(seen)
  if (id !== '') verdict.buyerLeadId = id
  const captured = capturedIn(seen)
  if (captured) verdict.captured = captured
  const priceCents = decision.outcome === 'accepted' ? priceIn(seen, stepPriceCents) : undefined
  if (priceCents !== undefined) verdict.priceCents = priceCents
  return verdict
}

/** Reads an answer, and says what decided about it. The body is kept as it was read, for who wants to explain more. */
export function decideAnswer(
  spec: ResponseSpec,
  { status, headers, body }: Answered,
  stepPriceCents?: number,
): { verdict: Verdict; decider: Decider; seen: Seen } {
  const contentType = spec.content_type ?? headers['content-type']
  const seen = new Seen(compiledSpec(spec), status, body, contentType)
  const decision = decide(seen)
  return { verdict: verdictOf(seen, decision, stepPriceCents), decider: decision.decider, seen }
}

/**
 * What a buyer's answer means (`api.md` §5). The first of the step's conditions that fits decides. Without one: a SOAP
 * fault is `error`; what the parser knows as a duplicate is `rejected`; a success code whose body meets the parser is
 * `accepted`, and `rejected` when it does not, with the reason found or why not. 5xx, 408, 429 and the step's own error
 * codes are `error`; so are 401, 403, 404, 405 and 410, with an alert, as they tell of a broken destination. Every other
 * code is `rejected`; a redirect, which is never followed, has an alert too. Nothing sent is `error`; sent without an
 * answer is `unknown`. Never throws, whatever the body, in time linear in its length.
 * @param stepPriceCents what an accepted lead costs when neither the answer nor its settings name a price.
 */
export function readAnswer(spec: ResponseSpec, answer: Answer, stepPriceCents?: number): Verdict {
  if (answer.kind === 'not-sent') return { outcome: 'error', reason: short(answer.message) }
  if (answer.kind === 'no-answer') return { outcome: 'unknown', reason: short(answer.message) }
  return decideAnswer(spec, answer, stepPriceCents).verdict
}

/** True when something of the body is looked at: then half a body can't be judged by. */
export function readsBody(spec: ResponseSpec, status: number): boolean {
  const looks = (spec.conditions ?? []).some(
    ({ codes, path, equals, contains, matches }) =>
      (codes === undefined || codes.includes(status)) &&
      (path || equals !== undefined || contains !== undefined || matches !== undefined),
  )
  return looks || (spec.parser !== undefined && spec.success_codes.includes(status))
}
