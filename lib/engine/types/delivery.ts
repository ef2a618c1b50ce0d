import type { z } from 'zod'
import type { Auth, ClientCertificate, Request, RequestMethod, ResponseSpec, Signing } from '../schema'

/** An HTTP request ready but for credentials, which `lib/delivery` adds. `sent` is what the body says, by field name. */
export type OutgoingRequest = {
  url: string
  method: RequestMethod
  headers: Record<string, string>
  body: string
  auth: Auth
  signing?: Signing
  clientCertificate?: ClientCertificate
  /** Set when the request names secrets: in all of the above they read `<redacted>`, as it is kept and shown. */
  secrets?: RequestSecrets
  timeoutMs: number
  response: z.infer<typeof ResponseSpec>
  /** Fields of the lead that the mapping read: what the buyer's own row may hold. */
  sentFields: string[]
  /** Values in it that are made of masked fields: what is kept of the exchange must not show them. */
  masked?: string[]
  /** Its body is a list of leads. */
  isList?: true
  /** Why it can't be sent, in words: its body could not be made for this lead. */
  problem?: string
  /** The WS-Security token that goes into the body at this character, once its password is open. */
  security?: SoapSecurity & { at: number }
}

export type SoapSecurity = NonNullable<NonNullable<Request['soap']>['security']>

/** The secrets that a request names, and what of it differs once their texts are known. */
export type RequestSecrets = {
  names: readonly string[]
  reveal: (
    texts: Readonly<Record<string, string>>,
  ) => Pick<OutgoingRequest, 'url' | 'headers' | 'body' | 'problem' | 'security'>
}

/** What came of sending: an answer, or where it failed. `not-sent` is proven: no byte of the request left. */
export type Answer =
  | { kind: 'answer'; status: number; headers: Record<string, string>; body: string }
  | { kind: 'not-sent'; message: string }
  | { kind: 'no-answer'; message: string }

/** A lead as a mail, ready to be queued. `csv` is the text of its attachment, `sentFields` what it tells of the lead. */
export type LeadMail = {
  to: readonly string[]
  cc?: string[]
  replyTo?: string
  subject: string
  html: string
  text: string
  csv?: string
  sentFields: string[]
}

/** How a mapping came out for one lead: its value before its changes, and what is sent of it; null when nothing is. */
export type MappedValue = { before: string; after: string | null }
