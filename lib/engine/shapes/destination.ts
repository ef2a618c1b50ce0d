import { z } from 'zod'
import { EmailSpec } from './email'
import { Endpoint } from './endpoint'
import { Request } from './request'
import { type Captured, PingSeconds, ResponseSpec } from './response'

/** How a buyer is asked for its bid: with the credentials and headers of the destination, at an address of its own. */
export const DestinationPing = z.strictObject({
  active: z.boolean().default(true),
  endpoint: z.strictObject({ url: Endpoint.shape.url, method: Endpoint.shape.method }),
  request: Request,
  response: ResponseSpec,
  /** Shorter than the time that a seller's distribution gives for bids. */
  timeout_seconds: PingSeconds.optional(),
})
export type DestinationPing = z.infer<typeof DestinationPing>

/** How a destination is reached: the same parts as a manual buyer step, and which mapped fields it can't do without. */
export const DestinationConfig = z.strictObject({
  endpoint: Endpoint,
  request: Request,
  response: ResponseSpec,
  required_fields: z.array(z.string().max(100)).max(200).default([]),
  /** Where sellers ask for the highest price first: how this buyer is asked for its bid. */
  ping: DestinationPing.optional(),
  /** Set where leads come by mail: then nothing is sent to the endpoint. */
  email: EmailSpec.optional(),
})
export type DestinationConfig = z.infer<typeof DestinationConfig>

export type PingedConfig = DestinationConfig & { ping: DestinationPing }

/** True for a destination that is asked for its bid. One by mail has nobody to ask. */
export const pings = (config: DestinationConfig): config is PingedConfig =>
  config.ping?.active === true && config.email === undefined

const ofFormat = /^(?:content-type|accept)$/i

/** The parts of a destination's ping with all that it shares with the delivery; headers of another format are not. */
export function pingPartsOf({ endpoint, request, ping }: PingedConfig) {
  const headers = Object.entries(endpoint.headers).filter(
    ([name]) => ping.request.format === request.format || !ofFormat.test(name),
  )
  return { ...ping, endpoint: { ...endpoint, ...ping.endpoint, headers: Object.fromEntries(headers) } }
}

/** The ping of a destination as if it were its delivery. */
export function pingAsDelivery(config: PingedConfig): DestinationConfig {
  const { endpoint, request, response } = pingPartsOf(config)
  return { endpoint, request, response, required_fields: [] }
}

/** One line of a test's verdict, in words a buyer understands. */
export type Check = { name: string; passed: boolean; message: string }
/** What *Send test lead* found; kept on the destination. `request` and `response` are redacted. */
export type DestinationTest = {
  passed: boolean
  at: string
  checks: Check[]
  request?: RecordedRequest
  response?: RecordedResponse
  /** What was sent instead of a request, where leads come by mail. */
  mail?: RecordedMail
  /** What was asked before it, where the destination is pinged. */
  ping?: PingTest
}
/** What *Send test ping* found: the exchange, and what the answer bids. */
export type PingTest = {
  passed: boolean
  at: string
  checks: Check[]
  request?: RecordedRequest
  response?: RecordedResponse
  bid?: { priceCents?: number; reference?: string; captured?: Record<string, Captured> }
}
/** A request and an answer as they are kept and shown: credentials redacted, at most 64 KiB each. */
export type RecordedRequest = {
  method: string
  url: string
  headers: Record<string, string>
  body: string
  truncated?: boolean
}
/** A mail as it is kept and shown; `attachment` is the name of its file. */
export type RecordedMail = {
  to: string[]
  cc?: string[]
  reply_to?: string
  subject: string
  text: string
  attachment?: string
}
export type RecordedResponse = { status: number; headers: Record<string, string>; body: string; truncated?: boolean }
