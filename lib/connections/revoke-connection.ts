import type { Tx } from '../../db/client'
import type { Actor } from '../actor'
import { ok, type Result } from '../result'
import { changeStatus, type Standing } from './change-status'

/** Ends a connection for good, from either side: no lead passes until a new invitation is accepted. */
export const revokeConnection = (actor: Actor, input: unknown, tx?: Tx): Promise<Result<Standing>> =>
  changeStatus(actor, input, { action: 'connection.revoke', next: () => ok({ status: 'revoked', pausedBy: null }) }, tx)
