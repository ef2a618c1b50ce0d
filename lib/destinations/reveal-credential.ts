import { db } from '../../db/client'
import { checkPassword } from '../accounts/index'
import type { Actor } from '../actor'
import { notFound } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { revealSecret, secretOf } from '../secrets/index'
import { readDestination } from './own-destination'
import { RevealCredentialInput } from './schema'

/** Shows a destination's credential to an admin of its account who gives the password again. Every time is audited. */
export async function revealCredential(actor: Actor, input: unknown): Promise<Result<{ credential: string }>> {
  const parsed = parseInput(RevealCredentialInput, input)
  if (!parsed.ok) return parsed
  const found = await readDestination(db(), actor, parsed.value.id)
  if (!found.ok) return found
  const ref = secretOf(found.value.config.endpoint.auth)
  if (typeof ref !== 'object') return err(notFound('The credential'))
  const revealed = await revealSecret(actor, ref, parsed.value.password, checkPassword)
  return revealed.ok ? ok({ credential: revealed.value }) : revealed
}
