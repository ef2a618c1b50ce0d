import { db } from '../../db/client'
import { rateKey, takeRate } from '../accounts/index'
import { type Actor, hasRole } from '../actor'
import { recordAudit } from '../audit/index'
import { now } from '../clock'
import { forbidden, invalid, unavailable } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { newAccessToken } from './access-tokens'
import { isFixed } from './credential'
import { textsOf } from './open-secrets'
import { TryTokenInput } from './schema'

const timeoutMs = 15_000
const mostAnHour = 60

/**
 * Gets a token with an OAuth credential, saved or not, so that its owner sees that it works. Answers when the token
 * ends, never the token. Refuses in the token server's words.
 */
export async function tryToken(actor: Actor, input: unknown): Promise<Result<{ expiresAt: string }>> {
  if (!hasRole(actor, 'member')) return err(forbidden('Viewers can look, but not try credentials.'))
  const parsed = parseInput(TryTokenInput, input)
  if (!parsed.ok) return parsed
  const { auth } = parsed.value
  if (isFixed(auth)) return err(invalid('This authentication needs no token.'))
  const rate = await takeRate(rateKey('try-token', actor.accountId), mostAnHour, 60 * 60)
  if (!rate.ok) return rate
  // A saved secret goes to the address that is tried: who sent it where is on record.
  await recordAudit(db(), actor, {
    action: 'credential.try',
    subjectKind: 'credential',
    subjectId: auth.token_url,
    after: { token_url: auth.token_url },
  })
  const text = await textsOf(actor.accountId, auth).catch(() => undefined)
  if (!text) return err(invalid('A saved secret could not be opened. Give it again.'))
  const token = await newAccessToken(actor.accountId, auth, text, timeoutMs)
  if (!token.ok) return err(token.isRefused ? invalid(token.words) : unavailable(token.words))
  return ok({ expiresAt: new Date(now() + token.expiresAt - performance.now()).toISOString() })
}
