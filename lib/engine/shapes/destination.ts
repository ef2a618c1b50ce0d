import { z } from 'zod'
import { Endpoint } from './endpoint'
import { Request } from './request'
import { ResponseSpec } from './response'

/** How a destination is reached: the same parts as a manual buyer step, and which mapped fields it can't do without. */
export const DestinationConfig = z.strictObject({
  endpoint: Endpoint,
  request: Request,
  response: ResponseSpec,
  required_fields: z.array(z.string().max(100)).max(200).default([]),
})
export type DestinationConfig = z.infer<typeof DestinationConfig>

/** One line of a test's verdict, in words a buyer understands. */
export type Check = { name: string; passed: boolean; message: string }
/** What *Send test lead* found; kept on the destination. `request` and `response` are redacted. */
export type DestinationTest = {
  passed: boolean
  at: string
  checks: Check[]
  request: RecordedRequest
  response?: RecordedResponse
}
/** A request and an answer as they are kept and shown: credentials redacted, at most 64 KiB each. */
export type RecordedRequest = {
  method: string
  url: string
  headers: Record<string, string>
  body: string
  truncated?: boolean
}
export type RecordedResponse = { status: number; headers: Record<string, string>; body: string; truncated?: boolean }
