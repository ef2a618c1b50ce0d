import type { Actor } from '../actor'
import { ok, type Result } from '../result'
import { renderAsked } from './render'
import type { MailPreview } from './schema'

/** A mail as it would be sent now, marked as a test, and what is wrong with it. Sends and saves nothing. */
export async function previewMail(actor: Actor, input: unknown): Promise<Result<MailPreview>> {
  const rendered = await renderAsked(actor, input)
  if (!rendered.ok) return rendered
  const { mail, problems } = rendered.value
  const { sentFields: _, to, ...shown } = mail
  return ok({ ...shown, to: [...to], problems })
}
