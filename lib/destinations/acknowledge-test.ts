import type { Tx } from '../../db/client'
import type { Actor } from '../actor'
import { conflict } from '../errors'
import { err, ok, type Result } from '../result'
import { changeStatus, type NextStanding, type Standing } from './change-status'

const next: NextStanding = ({ status, lastTest, acknowledgedAt }) => {
  if (!lastTest) return err(conflict('Send a test lead first.'))
  if (!lastTest.passed)
    return err(conflict('The last test lead did not get through. Mend what the test found, then send another.'))
  return ok({ status, acknowledgedAt: acknowledgedAt ?? new Date() })
}

/** The buyer's word on its last test lead: it arrived, and the fields are right. Takes a test that passed. */
export const acknowledgeTest = (actor: Actor, input: unknown, tx?: Tx): Promise<Result<Standing>> =>
  changeStatus(actor, input, { action: 'destination.acknowledge', next }, tx)
