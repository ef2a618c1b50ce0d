import type { Tx } from '../../db/client'
import type { Actor } from '../actor'
import { conflict } from '../errors'
import { err, ok, type Result } from '../result'
import { changeStatus, type NextStatus, type Standing } from './change-status'

const next: NextStatus = (row, side) => {
  if (row.status === 'revoked')
    return err(conflict('This connection was ended. It takes a new invitation to connect again.'))
  if (row.status === 'paused' && row.pausedBy !== side)
    return err(conflict(`The ${row.pausedBy} paused this connection, and has to resume it.`))
  return ok({ status: 'active', pausedBy: null })
}

/** Lets deliveries through again, by the side that paused them. */
export const resumeConnection = (actor: Actor, input: unknown, tx?: Tx): Promise<Result<Standing>> =>
  changeStatus(actor, input, { action: 'connection.resume', next }, tx)
