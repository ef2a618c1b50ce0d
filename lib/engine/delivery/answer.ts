import type { z } from 'zod'
import { centsOf } from '../../money'
import { isBlank, textOf } from '../names/scope'
import { answerOfValue } from '../rules/values'
import type { Parser, ResponseSpec } from '../schema'
import type { Answer, Verdict } from '../types'
import { pathParts, valuesAt } from './paths'

type Spec = z.infer<typeof ResponseSpec>
type ParserSpec = z.infer<typeof Parser>

const longestReason = 500
const short = (text: string) => (text.length > longestReason ? `${text.slice(0, longestReason - 1)}…` : text)

const statusWords: Record<number, string> = {
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

const statusText = (status: number) => (statusWords[status] ? `${status} ${statusWords[status]}` : String(status))

/** What a status says about the destination itself: words for an alert. */
const alerts: Record<number, string> = {
  401: 'Authentication Failed',
  403: 'Authentication Failed',
  404: 'Not found at this URL',
  405: 'Not found at this URL',
  410: 'Not found at this URL',
}

type Body = { json: unknown } | { problem: string }

function parseBody(body: string): Body {
  const text = body.replace(/^\ufeff/, '').trim()
  if (text === '') return { problem: 'The answer is empty, where JSON was expected.' }
  try {
    return { json: JSON.parse(text) }
  } catch {
    return { problem: 'The answer is not JSON.' }
  }
}

function found(body: Body | undefined, path: string | undefined): unknown[] {
  const parts = path === undefined || path === '' ? undefined : pathParts(path)
  if (!parts || !body || 'problem' in body) return []
  return valuesAt(body.json, parts).filter((value) => !isBlank(value))
}

/** Reasons at the parser's path: trimmed, each once, in the order of the alphabet, so that equal ones read the same. */
function reasonIn(body: Body | undefined, parser: ParserSpec | undefined): string | undefined {
  const reasons = found(body, parser?.reason_path).flatMap((value) => (Array.isArray(value) ? value : [value]))
  const texts = [...new Set(reasons.map((reason) => textOf(reason).trim()))].filter((text) => text !== '')
  return texts.length > 0 ? short(texts.sort().join(', ')) : undefined
}

function isExpected(value: unknown, expected: string | number | boolean): boolean {
  if (Array.isArray(value)) return value.some((element) => isExpected(element, expected))
  const [left, right] = [textOf(value).trim().toLowerCase(), textOf(expected).trim().toLowerCase()]
  return left === right || (left !== '' && right !== '' && Number(left) === Number(right))
}

/** Why a body does not meet the parser; undefined when it does. */
function shortfall(body: Body, parser: ParserSpec): string | undefined {
  if ('problem' in body) return body.problem
  const { success_path: path, success_value: expected } = parser
  if (path === undefined || path === '') {
    return expected === undefined || isExpected(body.json, expected) ? undefined : `The answer is not “${expected}”.`
  }
  const values = found(body, path)
  if (values.length === 0) return `The answer has no “${path}”.`
  const met =
    expected === undefined
      ? values.some((value) => answerOfValue(value) !== false)
      : values.some((value) => isExpected(value, expected))
  if (met) return undefined
  return `“${path}” is “${short(values.map(textOf).join(', '))}”${expected === undefined ? '' : `, not “${expected}”`}.`
}

/** Codes that say "accepted" without words need no body, unless the parser looks for something in it. */
const needsNoBody = (status: number, body: string, parser: ParserSpec) =>
  (status === 204 || status === 205) && body.trim() === '' && !parser.success_path && parser.success_value === undefined

function priceIn(
  body: Body | undefined,
  parser: ParserSpec | undefined,
  fallbackCents: number | undefined,
): number | undefined {
  const cents = centsOf(found(body, parser?.price_path)[0])
  return cents === undefined || cents < 0 ? fallbackCents : cents
}

function readSuccess(spec: Spec, status: number, text: string, fallbackPriceCents: number | undefined): Verdict {
  const { parser } = spec
  const body = parser && !needsNoBody(status, text, parser) ? parseBody(text) : undefined
  const id = textOf(found(body, parser?.id_path)[0]).slice(0, 200)
  const buyerLeadId = id === '' ? {} : { buyerLeadId: id }
  const missed = parser && body ? shortfall(body, parser) : undefined
  if (missed !== undefined) {
    return { outcome: 'rejected', statusCode: status, reason: reasonIn(body, parser) ?? missed, ...buyerLeadId }
  }
  const priceCents = priceIn(body, parser, fallbackPriceCents)
  return { outcome: 'accepted', statusCode: status, ...buyerLeadId, ...(priceCents !== undefined && { priceCents }) }
}

const isRedirect = (status: number) => status >= 300 && status < 400

function readRefusal(spec: Spec, status: number, text: string): Verdict {
  const own = spec.parser ? reasonIn(parseBody(text), spec.parser) : undefined
  const alert = alerts[status]
  const isError = status >= 500 || status === 408 || status === 429 || spec.error_codes?.includes(status) === true
  if (alert !== undefined) return { outcome: 'error', statusCode: status, reason: own ?? `${alert} (${status})`, alert }
  if (isError)
    return { outcome: 'error', statusCode: status, reason: own ?? `The buyer answered ${statusText(status)}` }
  if (isRedirect(status)) {
    const reason = `The buyer answered ${statusText(status)}; redirects are not followed`
    return { outcome: 'rejected', statusCode: status, reason, alert: 'Moved to another address' }
  }
  return { outcome: 'rejected', statusCode: status, reason: own ?? `The buyer answered ${statusText(status)}` }
}

/**
 * What a buyer's answer means (`api.md` §5). A success code whose body meets the parser is `accepted`, and `rejected`
 * when it does not, with the reason found or why not. 5xx, 408, 429 and the step's own error codes are `error`; so are
 * 401, 403, 404, 405 and 410, with an alert, as they tell of a broken destination. Every other code is `rejected`; a
 * redirect, which is never followed, has an alert too. Nothing sent is `error`; sent without an answer is `unknown`.
 * @param fallbackPriceCents what an accepted lead costs when the answer names no price; negative prices count as none.
 */
export function readAnswer(spec: Spec, answer: Answer, fallbackPriceCents?: number): Verdict {
  if (answer.kind === 'not-sent') return { outcome: 'error', reason: short(answer.message) }
  if (answer.kind === 'no-answer') return { outcome: 'unknown', reason: short(answer.message) }
  return spec.success_codes.includes(answer.status)
    ? readSuccess(spec, answer.status, answer.body, fallbackPriceCents)
    : readRefusal(spec, answer.status, answer.body)
}
