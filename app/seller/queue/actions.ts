'use server'

import { sellerAction } from '@/lib/auth'
import { decideAttempt, dropLeads, reassignLeads, releaseLeads, replayLeads } from '@/lib/queue'
import { DecideInput, DropInput, ReassignInput, ReleaseInput, ReplayInput } from '@/lib/queue/schema'

export const releaseAction = sellerAction(ReleaseInput, releaseLeads)
export const dropAction = sellerAction(DropInput, dropLeads)
export const reassignAction = sellerAction(ReassignInput, reassignLeads)
export const replayAction = sellerAction(ReplayInput, replayLeads)
export const decideAction = sellerAction(DecideInput, decideAttempt)
