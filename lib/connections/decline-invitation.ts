import type { Tx } from '../../db/client'
import { transact } from '../../db/transact'
import { touchConfig } from '../accounts/index'
import { recordAudit } from '../audit/index'
import { parseInput } from '../input'
import { ok, type Result } from '../result'
import { claimInvitation } from './claim-invitation'
import { TokenInput } from './schema'

/** Declines an invitation. Whoever holds the link may: it was mailed to them. The sender sees it, and may invite anew. */
export async function declineInvitation(input: unknown, tx?: Tx): Promise<Result<{ status: 'declined' }>> {
  const parsed = parseInput(TokenInput, input)
  if (!parsed.ok) return parsed
  return transact(async (run) => {
    const claimed = await claimInvitation(run, parsed.value.token, { status: 'declined' })
    if (!claimed.ok) return claimed
    const { id, accountId, email } = claimed.value
    await touchConfig(run, [accountId])
    await recordAudit(
      run,
      { accountId, accountName: '', plan: 'full', role: 'member', via: 'system' },
      {
        action: 'invitation.decline',
        subjectKind: 'invitation',
        subjectId: id,
        after: { status: 'declined', by: email },
      },
    )
    return ok({ status: 'declined' })
  }, tx)
}
