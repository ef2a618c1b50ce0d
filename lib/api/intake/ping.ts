import type { Nested } from '../../engine/index'
import { amountOf } from '../../money'
import { type PingAnswer, pingLead, type Tree } from '../../runs/index'
import { negotiate, write } from './formats'
import { message, plain } from './request'
import { takeSourceRate } from './source-rate'
import {
  type Ctx,
  type Opened,
  openSource,
  readFields,
  refusedWith,
  submissionOf,
  withCors,
  xmlDeclaration,
} from './submit'

const answerTree = (answer: PingAnswer): Tree =>
  answer.outcome === 'failure'
    ? { outcome: 'failure', reason: answer.reason, price: 0 }
    : {
        outcome: 'success',
        bid: { id: answer.bidId, expires_at: new Date(answer.expiresAt).toISOString() },
        price: amountOf(answer.priceCents),
      }

const pingNames = ['xxtrustedformpingurl', 'trustedform_ping_url']

/** A certificate's address for pings shows no person: it stands for the certificate's own. */
function withPingCertificate(fields: Nested): Nested {
  const name = Object.keys(fields).find((key) => pingNames.includes(key.toLowerCase()))
  if (name === undefined) return fields
  const { [name]: url, ...rest } = fields
  return { ...rest, ...(url !== undefined && { trustedform_cert_url: url }) }
}

/** `POST|GET /flows/{flow_id}/sources/{source_id}/ping`: makes a bid for a lead, and sells nothing. */
export async function ping(c: Ctx): Promise<Response> {
  const receivedAt = Date.now()
  const opened = await openSource(c)
  return opened instanceof Response ? opened : withCors(c, opened.source, await pingTo(c, opened, receivedAt))
}

async function pingTo(c: Ctx, opened: Opened, receivedAt: number): Promise<Response> {
  const { source } = opened
  if (source.settings.pings?.allowed === false) return message(403, 'Pings are disabled for this source')
  const format = negotiate(c.req.header('accept'))
  if (!format) return plain(406, 'Not capable of generating content according to the Accept header')
  const wait = takeSourceRate(source, receivedAt, 'pings')
  if (wait > 0) return plain(429, 'Too many pings from this source', { 'retry-after': String(wait) })
  const fields = await readFields(c)
  if (fields instanceof Response) return fields
  const result = await pingLead(submissionOf(c, opened, withPingCertificate(fields), receivedAt))
  if (!result.ok) return refusedWith(result.error)
  const body = write(format.format, answerTree(result.value), xmlDeclaration)
  return new Response(body, { status: 200, headers: { 'content-type': format.contentType } })
}
