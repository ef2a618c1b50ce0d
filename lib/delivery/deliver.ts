import { now } from '../clock'
import {
  type Answer,
  type OutgoingRequest,
  type RecordedRequest,
  type RecordedResponse,
  readAnswer,
  readBatchAnswer,
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
  const seen = await deliverSeen(accountId, request, context)
  const { verdict, raw, recordAs, timings, reusedSocket, sizes, notSent, isOurs } = seen
  const { redact, ...kept } = recordAs(request, context, raw)
  return {
    verdict: cleanVerdict(verdict, redact),
    ...kept,
    timings,
    reusedSocket,
    ...(sizes && { sizes }),
    notSent,
    isOurs,
  }
}

/**
 * One lead of a batch: its attempt, what of it may not be kept in clear, by what its person is known, and the request
 * that it would be by itself.
 */
export type BatchedLead = {
  eventId: string
  leadId: string
  masked: string[]
  contacts: string[]
  alone: OutgoingRequest
}

/** What came of one lead of a batch; `own`: the answer said it of this lead, and `response` is that part of it. */
type BatchedDelivery = Pick<Delivery, 'verdict' | 'request' | 'response'> & { own: boolean }

/** What of one answer to many is kept with each of them, and how much of it is looked through for what must not be. */
const mostShared = 4 * 1024
const mostSearched = 16 * 1024
const phoneDigits = 9

/** The answer to a batch may have something to say of each lead. */
const mostOfList = 1024 * 1024

/**
 * Sends several leads in one request, once, and says of each what the answer means. What is kept of a lead shows this
 * lead alone. Never throws.
 * @param batch its id is the idempotency key, and its leads are in the order in which the request has them.
 */
export async function deliverBatch(
  accountId: string,
  request: OutgoingRequest,
  batch: { id: string; leads: readonly BatchedLead[] },
): Promise<Omit<Delivery, 'request' | 'response'> & { leads: BatchedDelivery[] }> {
  const { id, leads } = batch
  const place = { id, size: leads.length }
  const context = { eventId: id, leadId: id, isTest: false, batch: place }
  const { verdict, answer, raw, recordAs, redactorOf, ...rest } = await deliverSeen(accountId, request, context)
  const redactAll = redactorOf(leads.flatMap((lead) => [...lead.masked, ...(lead.alone.masked ?? [])]))
  const ids = leads.map(({ eventId }) => eventId)
  const read = answer.kind === 'answer' ? readBatchAnswer(request.response, answer, ids) : []
  const isListed = read.some(({ own }) => own !== undefined)
  const whole = {
    verdict: cleanVerdict(verdict, redactAll),
    response: raw && sharedResponse(raw, redactAll, isListed ? 'nothing' : leads),
  }
  const told = leads.map((lead, index): BatchedDelivery => {
    const { own, verdict: said = verdict } = read[index] ?? {}
    const part = raw && own && { ...raw, body: own.body, truncated: false }
    const { redact, ...kept } = recordAs(lead.alone, { ...lead, isTest: false, batch: place }, part)
    return {
      ...(whole.response && { response: whole.response }),
      ...kept,
      verdict: cleanVerdict(said, part ? redact : redactAll),
      own: part !== undefined,
    }
  })
  return { ...rest, verdict: whole.verdict, leads: told }
}

/** Whether an answer repeats who is in the batch. The end of a number is enough of a phone, however it is written. */
function tellsPeople(text: string, leads: readonly BatchedLead[]): boolean {
  const words = text.toLowerCase()
  const digits = text.replaceAll(/\D/g, '')
  const isTold = (one: string) => (/^\d+$/.test(one) ? digits.includes(one.slice(-phoneDigits)) : words.includes(one))
  return leads.length > 1 && leads.some(({ contacts }) => contacts.some(isTold))
}

/** What of an answer is kept with each lead of a batch: no words of it where they tell one lead of another. */
function sharedResponse(raw: Raw, redact: Redactor, leads: readonly BatchedLead[] | 'nothing'): RecordedResponse {
  const kept = recordResponse({ ...raw, body: raw.body.slice(0, mostSearched) }, redact, raw.truncated)
  const body = kept.body.slice(0, mostShared)
  if (leads === 'nothing' || tellsPeople(body, leads)) return { ...kept, body: '', truncated: true }
  const isCut = raw.body.length > mostSearched || kept.body.length > mostShared
  return { ...kept, body, ...(isCut && { truncated: true }) }
}

/** An answer as it came. */
type Raw = Extract<Answer, { kind: 'answer' }> & { truncated: boolean }

/** What a request came to, before anything of it is kept: how it, or one like it, and an answer are kept. */
type Seen = Omit<Delivery, 'request' | 'response'> & {
  answer: Answer
  raw?: Raw
  recordAs: (
    request: OutgoingRequest,
    context: DeliveryContext,
    raw?: Raw,
  ) => Pick<Delivery, 'request' | 'response'> & { redact: Redactor }
  redactorOf: (masked: string[]) => Redactor
}

async function deliverSeen(accountId: string, request: OutgoingRequest, context: DeliveryContext): Promise<Seen> {
  if (request.problem !== undefined) return unsent(request, request.problem, { isOurs: true })
  const endsAt = performance.now() + request.timeoutMs
  let opened: OpenSecrets
  try {
    opened = await openSecrets(accountId, request)
  } catch (error) {
    log.error({ err: error, accountId, eventId: context.eventId }, 'a credential could not be opened')
    return unsent(
      request,
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
async function sendWithToken(ready: Ready, auth: OAuth, endsAt: number): Promise<Seen> {
  const { accountId, request, opened } = ready
  for (;;) {
    const token = await accessToken(accountId, auth, opened.text, endsAt)
    if (!token.ok) return unsent(request, token.words, { isRefused: token.isRefused })
    const delivery = await send(ready, bearer(token.text), Math.max(1, endsAt - performance.now()))
    const { outcome, statusCode } = delivery.verdict
    if (outcome !== 'error' || statusCode !== 401) return delivery
    forgetToken(accountId, auth, token.text)
    if (token.isNew || endsAt - performance.now() < leastTimeMs) return delivery
  }
}

/** What is added to a rendered request. Made once, so that what is kept shows what was sent. */
type Added = { credential: Credential; token?: SecurityToken | undefined; signature?: Record<string, string> }

async function send(ready: Ready, credential: Credential, timeoutMs: number): Promise<Seen> {
  const { accountId, request, context, opened } = ready
  const sent = request.secrets ? { ...request, ...request.secrets.reveal(opened.named) } : request
  // in words of its own: those of a parser repeat a part of the body
  if (sent.problem !== undefined) return unsent(request, brokenBySecret, { isOurs: true })
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
    ...(request.isList && { maxBytes: mostOfList }),
    ...(clientCertificate && { identity: identityOf(clientCertificate, opened.text) }),
  })
  const secrets = [...credential.secrets, ...Object.values(opened.named), ...(token ? [token.password] : [])]
  const { timings, sizes, reusedSocket, truncated } = exchange
  const answer = usable(exchange.answer, request, truncated)
  return {
    verdict: verdictOf(request, answer, context),
    answer,
    ...(exchange.answer.kind === 'answer' && { raw: { ...exchange.answer, truncated } }),
    ...recorder({ credential, token, ...(signature && { signature }) }, secrets),
    timings,
    ...(sizes && { sizes }),
    reusedSocket,
    notSent: exchange.answer.kind === 'not-sent',
    isOurs: !exchange.isTried,
  }
}

/** A request of its own whose body is a list has one lead. */
const verdictOf = ({ response, isList }: OutgoingRequest, answer: Answer, { eventId }: DeliveryContext): Verdict =>
  (isList && readBatchAnswer(response, answer, [eventId])[0]?.verdict) || readAnswer(response, answer)

function recorder(added: Added, secrets: string[]): Pick<Seen, 'recordAs' | 'redactorOf'> {
  return {
    redactorOf: (masked) => redactor(secrets, masked),
    recordAs: (request, context, raw) => {
      const redact = redactor(secrets, maskedOf(request, context))
      return {
        request: record(request, context, added, redact),
        ...(raw && { response: recordResponse(raw, redact, raw.truncated) }),
        redact,
      }
    },
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

function unsent(request: OutgoingRequest, message: string, { isRefused = false, isOurs = false }: Unsent): Seen {
  const answer: Answer = { kind: 'not-sent', message }
  const verdict = readAnswer(request.response, answer)
  return {
    verdict: isRefused ? { ...verdict, alert: 'Authentication Failed' } : verdict,
    answer,
    ...recorder({ credential: noCredential }, []),
    timings: { totalMs: 0 },
    reusedSocket: false,
    notSent: true,
    isOurs,
  }
}

/** Half an answer must not read as a refusal: the lead would go to the next buyer though this one may have taken it. */
function usable(answer: Answer, { response, isList }: OutgoingRequest, truncated: boolean): Answer {
  const hasItems = isList && Boolean(response.parser?.items_path?.trim())
  const isRead = truncated && answer.kind === 'answer' && (hasItems || readsBody(response, answer.status))
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
