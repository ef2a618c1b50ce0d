import type { Context } from 'hono'
import { plain, readBody } from './request'

const modes = ['accept', 'reject', 'price', 'delay', 'fail'] as const
type Mode = (typeof modes)[number]

const json = (status: number, value: unknown) =>
  new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } })

const number = (text: string | undefined, fallback: number, most: number) => {
  const value = Number(text ?? fallback)
  return Number.isFinite(value) ? Math.min(Math.max(value, 0), most) : fallback
}

/**
 * `POST /sandbox/{mode}`: a buyer's system to try Baton against, which does as it is told.
 * `accept` takes every lead; `reject` refuses it (`?reason=`); `price` takes it at a price (`?price=45`); `delay` takes
 * it after a while (`?ms=2000`, at most 60 s); `fail` answers with a status (`?status=503`).
 */
export async function sandbox(c: Context): Promise<Response> {
  const mode = modes.find((known) => known === c.req.param('mode')) as Mode | undefined
  if (!mode) return plain(404, `The sandbox knows ${modes.join(', ')}`)
  const body = await readBody(c)
  if (!body) return plain(413, 'The body is over 1 MiB')
  const id = `sandbox-${Date.now().toString(36)}`
  switch (mode) {
    case 'accept':
      return json(201, { status: 'accepted', lead_id: id })
    case 'reject':
      return json(200, { status: 'rejected', rejection_reason: c.req.query('reason') ?? 'Not wanted' })
    case 'price':
      return json(201, { status: 'accepted', lead_id: id, payout: number(c.req.query('price'), 45, 1_000_000) })
    case 'delay': {
      await new Promise((resolve) => setTimeout(resolve, number(c.req.query('ms'), 2_000, 60_000)))
      return json(201, { status: 'accepted', lead_id: id })
    }
    case 'fail':
      return json(Math.max(200, number(c.req.query('status'), 503, 599)), {
        status: 'error',
        rejection_reason: 'Told to fail',
      })
  }
}
