import type { Context } from 'hono'
import type { Nested } from '../../engine/index'
import { receiveFeedback } from '../../feedback/index'
import type { Tree } from '../../runs/index'
import { negotiate, write } from './formats'
import { mediaType, parseSubmission } from './parse-body'
import { type Bindings, plain, readBody } from './request'

const xmlDeclaration = '<?xml version="1.0" encoding="utf-8"?>'
const types = ['application/x-www-form-urlencoded', 'application/json', 'application/xml', 'text/xml']

/** `POST /feedback?event_id=…`: a buyer returns a lead or reports a conversion (`api.md` §2). */
export async function feedback(c: Context<{ Bindings: Bindings }>): Promise<Response> {
  const format = negotiate(c.req.header('accept'))
  if (!format) return plain(406, 'Not capable of generating content according to the Accept header')
  const query = new URL(c.req.url).searchParams
  const eventId = query.get('event_id') ?? ''
  query.delete('event_id')
  const contentType = c.req.header('content-type')
  const body = await readBody(c)
  if (!body) return plain(413, 'The body is over 1 MiB')
  if (body.length > 0 && contentType && !types.includes(mediaType(contentType))) {
    return plain(415, `MIME type in Content-Type header is not supported. Use only ${types.join(', ')}.`)
  }
  const parsed = await parseSubmission(body, contentType, query)
  if (!parsed.ok) return plain(parsed.error.status, parsed.error.text)
  const { status, outcome, reason } = await decide(eventId || String(parsed.value['event_id'] ?? ''), parsed.value)
  const tree: Tree = { outcome, ...(reason !== undefined && { reason }) }
  return new Response(write(format.format, tree, xmlDeclaration), {
    status,
    headers: { 'content-type': format.contentType },
  })
}

function decide(eventId: string, said: Nested) {
  const { type, reason, event_id: _, ...fields } = said
  return receiveFeedback(eventId, {
    type: typeof type === 'string' ? type.trim().toLowerCase() : '',
    ...(reason !== undefined && reason !== null && { reason: String(reason).slice(0, 500) }),
    fields,
  })
}
