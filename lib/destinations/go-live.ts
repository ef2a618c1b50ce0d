import type { Tx } from '../../db/client'
import type { Actor } from '../actor'
import { conflict } from '../errors'
import { err, ok, type Result } from '../result'
import { changeStatus, type NextStanding, type Standing } from './change-status'

const next: NextStanding = ({ lastTest, acknowledgedAt }) => {
  if (!lastTest) return err(conflict('Send a test lead first: this configuration has not been tested.'))
  if (!lastTest.passed)
    return err(conflict('The last test lead did not get through. Mend what the test found, then send another.'))
  if (!acknowledgedAt)
    return err(conflict('Look at the test lead in your system, then tick that it arrived and the fields are right.'))
  return ok({ status: 'live', acknowledgedAt })
}

/**
 * Lets leads in. Takes a passed test of the present configuration and its acknowledgement. Sellers whose connection
 * this completes are mailed, once.
 */
export const goLive = (actor: Actor, input: unknown, tx?: Tx): Promise<Result<Standing>> =>
  changeStatus(actor, input, { action: 'destination.go-live', next }, tx)

/** Lets leads in again after `disableDestination`, on the same terms as going live. */
export const enableDestination = (actor: Actor, input: unknown, tx?: Tx): Promise<Result<Standing>> =>
  changeStatus(actor, input, { action: 'destination.enable', next }, tx)
