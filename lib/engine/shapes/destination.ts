import { z } from 'zod'
import { EmailSpec } from './email'
import { Endpoint } from './endpoint'
import { Request } from './request'
import { ResponseSpec } from './response'

/** How a destination is reached: the same parts as a manual buyer step, and which mapped fields it can't do without. */
export const DestinationConfig = z.strictObject({
  endpoint: Endpoint,
  request: Request,
  response: ResponseSpec,
  required_fields: z.array(z.string().max(100)).max(200).default([]),
  /** Set where leads come by mail: then nothing is sent to the endpoint. */
  email: EmailSpec.optional(),
})
export type DestinationConfig = z.infer<typeof DestinationConfig>

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
