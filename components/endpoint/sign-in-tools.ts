import type { Auth } from '@/lib/engine/schema'
import type { Result } from '@/lib/result'
import type { ActionResult } from '../form/use-action-form'

/** What is shown of saved secrets, by their references. */
export type SecretSummaries = Record<string, { lastFour: string; updatedAt: string }>

type CertificateFacts = { subject: string; issuer: string; validFrom: string; expiresAt: string }

/** What the editor needs of the server. */
export type SignInTools = {
  secrets: SecretSummaries
  reveal: (input: { secret: string; password: string }) => Promise<ActionResult<string>>
  tryToken: (input: { auth: Auth }) => Promise<Result<{ expiresAt: string }>>
  readCertificate: (input: { certificate: string }) => Promise<Result<{ facts: CertificateFacts | null }>>
}
