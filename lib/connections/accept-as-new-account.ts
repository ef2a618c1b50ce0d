import { transact } from '../../db/transact'
import { rateKey, type SignedUp, signUp, takeRate } from '../accounts/index'
import type { Actor } from '../actor'
import { parseInput } from '../input'
import { ok, type Result } from '../result'
import { type Accepted, connectAccounts } from './accept-invitation'
import { claimInvitation } from './claim-invitation'
import { AcceptAsNewAccountInput } from './schema'

const triesPerHour = 20

/**
 * Accepts an invitation for a company that has no account yet: makes one on plan `partner` for the invited address,
 * and connects it. Refuses what `signUp` refuses, and leaves the invitation as it was then.
 */
export async function acceptAsNewAccount(input: unknown): Promise<Result<Accepted & SignedUp>> {
  const parsed = parseInput(AcceptAsNewAccountInput, input)
  if (!parsed.ok) return parsed
  const { token, company, name, password } = parsed.value
  const rate = await takeRate(rateKey('accept', token), triesPerHour, 3600)
  if (!rate.ok) return rate
  return transact(async (run) => {
    const claimed = await claimInvitation(run, token, { status: 'accepted' })
    if (!claimed.ok) return claimed
    const made = await signUp({ company, name, email: claimed.value.email, password }, { plan: 'partner' }, run)
    if (!made.ok) return made
    const { account, user } = made.value
    const actor: Actor = {
      accountId: account.id,
      accountName: account.name,
      plan: account.plan,
      role: 'owner',
      userId: user.id,
      userName: user.name,
      userEmail: user.email,
      via: 'session',
    }
    return ok({ ...(await connectAccounts(run, actor, claimed.value)), account, user })
  })
}
