import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import type { Nested } from '../../engine/index'
import type { Refusal } from '../../errors'
import type { LoadedFlow, LoadedSource } from '../../flows/index'
import { isUuid } from '../../ids'
import { answerFromLog, answerTree, flowFor, submitLead } from '../../runs/index'
import { negotiate, write } from './formats'
import { parseSubmission } from './parse-body'
import { type Bindings, clientIp, message, plain, readBody, whenSent } from './request'
import { takeSourceRate } from './source-rate'

export type Ctx = Context<{ Bindings: Bindings }>
export type Opened = { flow: LoadedFlow; source: LoadedSource }

export const xmlDeclaration = '<?xml version="1.0"?>'

/** Finds the source that a URL names, or the refusal: 404, 403, 401 in this order. */
export async function openSource(c: Ctx): Promise<Opened | Response> {
  const { flowId = '', sourceId = '' } = c.req.param() as Record<string, string>
  const flow = isUuid(flowId) && isUuid(sourceId) ? await flowFor(flowId.toLowerCase()) : undefined
  const source = flow?.sources.get(sourceId.toLowerCase())
  if (!flow || !source) return message(404, 'Not found')
  if (!flow.flow.enabled || !flow.live) return message(403, 'Flow is disabled')
  if (!source.enabled) return message(403, 'Source is disabled')
  if (source.authenticationRequired && !hasKey(c, source)) {
    return withCors(c, source, message(401, 'Unauthorized source', { 'www-authenticate': 'Basic realm="source"' }))
  }
  return { flow, source }
}

/** The source key comes as a bearer token, or as the password of Basic. */
function hasKey(c: Ctx, source: LoadedSource): boolean {
  const [scheme = '', credentials = ''] = (c.req.header('authorization') ?? '').split(/\s+/, 2)
  const key =
    scheme.toLowerCase() === 'basic'
      ? Buffer.from(credentials, 'base64').toString('utf8').split(':').slice(1).join(':')
      : scheme.toLowerCase() === 'bearer'
        ? credentials
        : ''
  if (key === '' || !source.keyHash) return false
  const hash = createHash('sha256').update(key).digest()
  return hash.length === source.keyHash.length && timingSafeEqual(hash, source.keyHash)
}

/** CORS headers when the page's origin is one that the source lists. */
function corsHeaders(c: Ctx, source: LoadedSource): Record<string, string> {
  const origin = c.req.header('origin')
  const listed = source.settings.cors_origins
  if (!origin || !(listed.includes(origin) || listed.includes('*'))) return {}
  return { 'access-control-allow-origin': origin, vary: 'Origin' }
}

/** The pairs of the URL; most have none. */
const queryOf = (c: Ctx): URLSearchParams | undefined =>
  c.req.url.includes('?') ? new URL(c.req.url).searchParams : undefined

/** A valid one is where the browser goes after processing; the first counts when it is repeated. */
function redirectOf(c: Ctx): URL | 'none' | 'invalid' {
  const text = queryOf(c)?.get('redir_url') ?? null
  if (text === null) return 'none'
  try {
    const url = new URL(text)
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : 'invalid'
  } catch {
    return 'invalid'
  }
}

const yes = /^\s*(true|t|yes|y|1|on)\s*$/i
/** A key that came twice (in the body and in the query, say) is a list: one yes is enough. */
export const isTestLead = (fields: Nested) => [fields['is_test']].flat().some((value) => yes.test(String(value ?? '')))

/** A page's script can read an answer, a refusal too, only with these headers on it. */
export function withCors(c: Ctx, source: LoadedSource, response: Response): Response {
  for (const [name, value] of Object.entries(corsHeaders(c, source))) response.headers.set(name, value)
  return response
}

/** `POST|GET /flows/{flow_id}/sources/{source_id}/submit`: takes one lead in (`api.md` §1). */
export async function submit(c: Ctx): Promise<Response> {
  const receivedAt = Date.now()
  const opened = await openSource(c)
  return opened instanceof Response ? opened : withCors(c, opened.source, await submitTo(c, opened, receivedAt))
}

async function submitTo(c: Ctx, { flow, source }: Opened, receivedAt: number): Promise<Response> {
  const format = negotiate(c.req.header('accept'))
  if (!format) return plain(406, 'Not capable of generating content according to the Accept header')
  const redirect = redirectOf(c)
  if (redirect === 'invalid') return plain(400, 'Invalid redir_url')
  const wait = takeSourceRate(source, receivedAt)
  if (wait > 0) return plain(429, 'Too many submissions from this source', { 'retry-after': String(wait) })
  const fields = await readFields(c)
  if (fields instanceof Response) return fields
  const key = c.req.header('idempotency-key')?.slice(0, 255)
  const result = await submitLead({
    ...submissionOf(c, { flow, source }, fields, receivedAt),
    ...bidOf(fields, flow),
    ...(key && { idempotencyKey: key }),
  })
  if (!result.ok) return refusedWith(result.error)
  whenSent(c, result.value.told)
  if (redirect !== 'none') return new Response(null, { status: 303, headers: { location: redirect.href } })
  const body = write(format.format, answerTree(result.value.answer, source.settings.response_fields), xmlDeclaration)
  return new Response(body, { status: 201, headers: { 'content-type': format.contentType } })
}

/** What a request brings beside its fields. */
export const submissionOf = (c: Ctx, { flow, source }: Opened, fields: Nested, receivedAt: number) => ({
  flow,
  source,
  fields,
  isTest: isTestLead(fields),
  ip: clientIp(c),
  userAgent: c.req.header('user-agent')?.slice(0, 500) ?? '',
  receivedAt,
})

/** `bid_id` names the bid of an earlier ping, unless the flow has a field of its own by that name. */
function bidOf(fields: Nested, { live }: LoadedFlow): { bidId?: string } {
  const [given] = [fields['bid_id']].flat()
  const isOwn = live?.document.fields.some(({ name }) => name === 'bid_id')
  if (given === undefined || given === null || given === '' || isOwn) return {}
  const id = String(given).trim()
  // Any other text is no bid of ours, which is said as of one that is not there.
  return { bidId: isUuid(id) ? id.toLowerCase() : nobodysBid }
}
const nobodysBid = '00000000-0000-0000-0000-000000000000'

export function refusedWith({ kind, message: text, retryAfterSeconds: retry }: Refusal): Response {
  return message(kind === 'conflict' ? 409 : 503, text, retry === undefined ? {} : { 'retry-after': String(retry) })
}

export async function readFields(c: Ctx): Promise<Nested | Response> {
  const body = c.req.method === 'GET' ? new Uint8Array() : await readBody(c)
  if (!body) return plain(413, 'The body is over 1 MiB')
  const query = queryOf(c)
  query?.delete('redir_url')
  const parsed = await parseSubmission(body, c.req.header('content-type'), query ?? [])
  return parsed.ok ? parsed.value : plain(parsed.error.status, parsed.error.text)
}

/** `OPTIONS …/submit`: the preflight of a page that posts from the browser. */
export async function submitOptions(c: Ctx): Promise<Response> {
  const { flowId = '', sourceId = '' } = c.req.param() as Record<string, string>
  const flow = isUuid(flowId) && isUuid(sourceId) ? await flowFor(flowId.toLowerCase()) : undefined
  const source = flow?.sources.get(sourceId.toLowerCase())
  if (!source) return message(404, 'Not found')
  const cors = corsHeaders(c, source)
  return new Response(null, {
    status: 204,
    headers: {
      allow: 'GET, POST',
      ...cors,
      ...(cors['access-control-allow-origin'] && {
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'authorization, content-type, idempotency-key',
        'access-control-max-age': '600',
      }),
    },
  })
}

/** `GET …/sources/{source_id}/leads/{lead_id}`: the answer of a lead, once more or now that it is known. */
export async function leadStatus(c: Ctx): Promise<Response> {
  const opened = await openSource(c)
  return opened instanceof Response ? opened : withCors(c, opened.source, await statusOf(c, opened))
}

async function statusOf(c: Ctx, { flow, source }: Opened): Promise<Response> {
  const format = negotiate(c.req.header('accept'))
  if (!format) return plain(406, 'Not capable of generating content according to the Accept header')
  const leadId = c.req.param('leadId') ?? ''
  const answer = isUuid(leadId)
    ? await answerFromLog(leadId, flow.flow.accountId, source.id, source.settings)
    : undefined
  if (!answer) return message(404, 'Not found')
  const body = write(format.format, answerTree(answer, source.settings.response_fields), xmlDeclaration)
  return new Response(body, { status: 200, headers: { 'content-type': format.contentType } })
}
