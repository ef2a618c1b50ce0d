import type { Tx } from '../../db/client'
import type { Actor } from '../actor'
import { conflict } from '../errors'
import { err, ok, type Result } from '../result'
import { changeStatus, type NextStatus, type Standing } from './change-status'

const next: NextStatus = (row, side) => {
  if (row.status === 'revoked') return err(conflict('This connection was ended.'))
  if (row.status === 'paused' && row.pausedBy !== side)
    return err(conflict(`The ${row.pausedBy} has already paused this connection.`))
  return ok({ status: 'paused', pausedBy: side })
}

/** Stops deliveries through a connection from the next lead on. Either side may; only the same side resumes. */
export const pauseConnection = (actor: Actor, input: unknown, tx?: Tx): Promise<Result<Standing>> =>
  changeStatus(actor, input, { action: 'connection.pause', next }, tx)
