import {
  type Answer,
  type OutgoingRequest,
  type RecordedRequest,
  type RecordedResponse,
  readAnswer,
  readsBody,
  type Verdict,
} from '../engine'
import { type Exchange, sendGuarded } from '../http'
import { log } from '../log'
import { openSecret } from '../secrets'
import { type Credential, credentialOf, type DeliveryContext, headersOf } from './prepare'
import { maskedOf, type Redactor, recordRequest, recordResponse, redactor } from './redact'
import { type OpenSecret, type Secured, secure } from './soap-security'

/** What one try of an attempt came to. `request` and `response` may be kept and shown; `timings` are milliseconds. */
export type Delivery = {
  verdict: Verdict
  request: RecordedRequest
  response?: RecordedResponse
  timings: Exchange['timings']
  reusedSocket: boolean
  /** Proven: no byte of the request left, so the buyer knows nothing of this lead. */
  notSent: boolean
}

/**
 * Sends a rendered request to a buyer, once, and says what the answer means. Never throws: a credential that can't be
 * opened is an `error` that was not sent.
 * @param accountId the account that owns the credential: the buyer's for a destination, the seller's for a manual step.
 */
export async function deliver(
  accountId: string,
  request: OutgoingRequest,
  context: DeliveryContext,
): Promise<Delivery> {
  if (request.problem !== undefined) return unsent(request, context, request.problem)
  let credential: Credential | undefined
  let secured: Secured
  try {
    const open: OpenSecret = (secret) => (typeof secret === 'string' ? secret : openSecret(accountId, secret))
    credential = await credentialOf(request.auth, open)
    secured = await secure(request, open)
  } catch (error) {
    log.error({ err: error, accountId, eventId: context.eventId }, 'a credential could not be opened')
    const message = 'The credential of this destination could not be opened, so nothing was sent. Give it again.'
    return unsent(request, context, message)
  }
  const headers = headersOf(request, context, credential)
  const redact = redactor([...(credential?.secrets ?? []), ...secured.secrets], maskedOf(request, context))
  const exchange = await sendGuarded({
    url: request.url,
    method: request.method,
    headers,
    ...(secured.body !== '' && { body: secured.body }),
    timeoutMs: request.timeoutMs,
    answerType: request.response.content_type,
    scope: accountId,
  })
  const { answer, timings, reusedSocket, truncated } = exchange
  return {
    verdict: cleanVerdict(readAnswer(request.response, usable(answer, request, truncated)), redact),
    request: recordRequest({ ...request, body: secured.shown }, headers, redact, credential),
    ...(answer.kind === 'answer' && { response: recordResponse(answer, redact, truncated) }),
    timings,
    reusedSocket,
    notSent: answer.kind === 'not-sent',
  }
}

function unsent(request: OutgoingRequest, context: DeliveryContext, message: string): Delivery {
  const headers = headersOf(request, context, undefined)
  return {
    verdict: readAnswer(request.response, { kind: 'not-sent', message }),
    request: recordRequest(request, headers, redactor([], maskedOf(request, context))),
    timings: { totalMs: 0 },
    reusedSocket: false,
    notSent: true,
  }
}

/** Half an answer must not read as a refusal: the lead would go to the next buyer though this one may have taken it. */
function usable(answer: Answer, { response }: OutgoingRequest, truncated: boolean): Answer {
  const isRead = truncated && answer.kind === 'answer' && readsBody(response, answer.status)
  return isRead ? { kind: 'no-answer', message: 'The answer is too large to be read.' } : answer
}

/** What comes from the answer may hold an echoed credential, or a value of the lead that is kept nowhere in clear. */
function cleanVerdict(verdict: Verdict, redact: Redactor): Verdict {
  const { reason, alert, buyerLeadId, captured } = verdict
  return {
    ...verdict,
    ...(reason !== undefined && { reason: redact(reason) }),
    ...(alert !== undefined && { alert: redact(alert) }),
    ...(buyerLeadId !== undefined && { buyerLeadId: redact(buyerLeadId) }),
    ...(captured && { captured: cleanCaptured(captured, redact) }),
  }
}

type AllCaptured = NonNullable<Verdict['captured']>

function cleanCaptured(captured: AllCaptured, redact: Redactor): AllCaptured {
  // A number or a yes can be a masked value too, as a year of birth or a card's digits.
  const one = <T extends string | number | boolean>(value: T): T | string => {
    const clean = redact(String(value))
    return typeof value === 'string' || clean !== String(value) ? clean : value
  }
  return Object.fromEntries(
    Object.entries(captured).map(([name, value]) => [name, Array.isArray(value) ? value.map(one) : one(value)]),
  )
}
