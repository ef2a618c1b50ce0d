import { now } from '../clock'
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
import { accessToken, forgetToken, type OAuth } from './access-tokens'
import { identityOf } from './client-identity'
import { bearer, type Credential, credentialOf, isFixed, noCredential } from './credential'
import { type OpenSecrets, openSecrets } from './open-secrets'
import { type DeliveryContext, headersOf, urlWith } from './prepare'
import { maskedOf, type Redactor, recordRequest, recordResponse, redactor } from './redact'
import { signatureOf } from './sign'
import { type SecurityToken, secured, securityToken, shownSecured } from './soap-security'

/** What one try of an attempt came to. `request` and `response` may be kept and shown; `timings` are milliseconds. */
export type Delivery = {
  verdict: Verdict
  request: RecordedRequest
  response?: RecordedResponse
  timings: Exchange['timings']
  reusedSocket: boolean
  sizes?: NonNullable<Exchange['sizes']>
  /** Proven: no byte of the request left, so the buyer knows nothing of this lead. */
  notSent: boolean
  /** Nothing of the buyer's was tried: what failed is our own, and says nothing of it. */
  isOurs: boolean
}

/** A request with its secrets opened, on its way to the buyer. */
type Ready = { accountId: string; request: OutgoingRequest; context: DeliveryContext; opened: OpenSecrets }

const brokenBySecret = 'The body can’t be made for this lead: a secret in it breaks its format.'

/** A token that the buyer refused is renewed only where the buyer still has time to answer after that. */
const leastTimeMs = 1_000

/**
 * Sends a rendered request to a buyer, once, and says what the answer means. Never throws: a credential that can't be
 * opened, and a token that can't be had, are an `error` that was not sent.
 * @param accountId the account that owns the secrets: the buyer's for a destination, the seller's for a manual step.
 */
export async function deliver(
  accountId: string,
  request: OutgoingRequest,
  context: DeliveryContext,
): Promise<Delivery> {
  if (request.problem !== undefined) return unsent(request, context, request.problem, { isOurs: true })
  const endsAt = performance.now() + request.timeoutMs
  let opened: OpenSecrets
  try {
    opened = await openSecrets(accountId, request)
  } catch (error) {
    log.error({ err: error, accountId, eventId: context.eventId }, 'a credential could not be opened')
    return unsent(
      request,
      context,
      'A credential of this destination could not be opened, so nothing was sent. Give it again.',
      { isOurs: true },
    )
  }
  const ready = { accountId, request, context, opened }
  const { auth } = request
  if (isFixed(auth)) return send(ready, credentialOf(auth, opened.text), request.timeoutMs)
  return sendWithToken(ready, auth, endsAt)
}

/**
 * A 401 to a token from the cache says that it ended early, and that the buyer did not take the lead: the cached one
 * goes, and the same attempt is sent again with a new one, under the same idempotency key and deadline.
 */
async function sendWithToken(ready: Ready, auth: OAuth, endsAt: number): Promise<Delivery> {
  const { accountId, request, context, opened } = ready
  for (;;) {
    const token = await accessToken(accountId, auth, opened.text, endsAt)
    if (!token.ok) return unsent(request, context, token.words, { isRefused: token.isRefused })
    const delivery = await send(ready, bearer(token.text), Math.max(1, endsAt - performance.now()))
    const { outcome, statusCode } = delivery.verdict
    if (outcome !== 'error' || statusCode !== 401) return delivery
    forgetToken(accountId, auth, token.text)
    if (token.isNew || endsAt - performance.now() < leastTimeMs) return delivery
  }
}

/** What is added to a rendered request. Made once, so that what is kept shows what was sent. */
type Added = { credential: Credential; token?: SecurityToken | undefined; signature?: Record<string, string> }

async function send(ready: Ready, credential: Credential, timeoutMs: number): Promise<Delivery> {
  const { accountId, request, context, opened } = ready
  const sent = request.secrets ? { ...request, ...request.secrets.reveal(opened.named) } : request
  // in words of its own: those of a parser repeat a part of the body
  if (sent.problem !== undefined) return unsent(request, context, brokenBySecret, { isOurs: true })
  const { signing, clientCertificate } = request
  const token = securityToken(request, opened.text)
  const body = secured(sent, token)
  const signature = signing && signatureOf(signing, opened.text(signing.secret), signedOf(body, context))
  const exchange = await sendGuarded({
    url: urlWith(sent.url, credential),
    method: sent.method,
    headers: headersOf(sent, context, credential, signature),
    ...(body !== '' && { body }),
    timeoutMs,
    answerType: request.response.content_type,
    scope: accountId,
    ...(clientCertificate && { identity: identityOf(clientCertificate, opened.text) }),
  })
  const secrets = [...credential.secrets, ...Object.values(opened.named), ...(token ? [token.password] : [])]
  const redact = redactor(secrets, maskedOf(request, context))
  const { answer, timings, sizes, reusedSocket, truncated } = exchange
  return {
    verdict: cleanVerdict(readAnswer(request.response, usable(answer, request, truncated)), redact),
    request: record(request, context, { credential, token, ...(signature && { signature }) }, redact),
    ...(answer.kind === 'answer' && { response: recordResponse(answer, redact, truncated) }),
    timings,
    ...(sizes && { sizes }),
    reusedSocket,
    notSent: answer.kind === 'not-sent',
    isOurs: !exchange.isTried,
  }
}

const signedOf = (body: string, { eventId }: DeliveryContext) => ({
  body,
  eventId,
  seconds: Math.floor(now() / 1_000),
})

/** As it was rendered without its secrets, so that no filter of a template can carry one into what is kept. */
function record(
  request: OutgoingRequest,
  context: DeliveryContext,
  { credential, token, signature }: Added,
  redact: Redactor,
): RecordedRequest {
  const headers = headersOf(request, context, credential, signature)
  const shown = { ...request, url: urlWith(request.url, credential, 'shown'), body: shownSecured(request, token) }
  return recordRequest(shown, headers, redact, credential)
}

type Unsent = { isRefused?: boolean; isOurs?: boolean }

function unsent(
  request: OutgoingRequest,
  context: DeliveryContext,
  message: string,
  { isRefused = false, isOurs = false }: Unsent,
): Delivery {
  const verdict = readAnswer(request.response, { kind: 'not-sent', message })
  return {
    verdict: isRefused ? { ...verdict, alert: 'Authentication Failed' } : verdict,
    request: record(request, context, { credential: noCredential }, redactor([], maskedOf(request, context))),
    timings: { totalMs: 0 },
    reusedSocket: false,
    notSent: true,
    isOurs,
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
