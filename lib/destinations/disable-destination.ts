import type { Tx } from '../../db/client'
import type { Actor } from '../actor'
import { conflict } from '../errors'
import { err, ok, type Result } from '../result'
import { changeStatus, type NextStanding, type Standing } from './change-status'

const next: NextStanding = ({ status, acknowledgedAt }) =>
  status === 'live' || status === 'disabled'
    ? ok({ status: 'disabled', acknowledgedAt })
    : err(conflict('This destination is not live, so there is nothing to disable.'))

/** Keeps leads out from the next one on; connected sellers' steps skip it until it is enabled again. */
export const disableDestination = (actor: Actor, input: unknown, tx?: Tx): Promise<Result<Standing>> =>
  changeStatus(actor, input, { action: 'destination.disable', next }, tx)
