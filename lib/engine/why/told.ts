import { isoTime } from '../fields/calendar'
import { orderOf } from '../flow/close-selling'
import type { CompiledFlow } from '../flow/compiled'
import type { Considered, Run, Selling, StepResult, Via } from '../types'

/** A buyer that a held lead waits for; `at` is ISO 8601. */
export type Waiting = {
  stepId: string
  name: string
  recipient: string
  reason: string
  at: string
  via?: Via
  of?: string
}

/** A buyer that was asked, or stands in the flow by itself and was ruled out. */
export type BuyerTold = Pick<
  Extract<StepResult, { type: 'buyer' }>,
  'stepId' | 'recipient' | 'within' | 'via' | 'of' | 'tries' | 'reason' | 'trace'
> & {
  type: 'buyer'
  outcome: string
  eventId?: string | undefined
  priceCents?: number | undefined
  buyerLeadId?: string | undefined
}

/** What a step said of the buyers that it considered: at its end, or as the lead was put aside. */
export type SaleTold = {
  type: 'sale'
  stepId: string
  /** Of a distribution that has ended. */
  name?: string
  considered: Considered[]
  /** Its buyers as they were asked or ruled out. */
  order: string[]
  waits: Waiting[]
}

/** What a buyer said that it pays, before it got the lead or not. */
export type BidTold = { type: 'bid'; stepId: string; bidCents: number }

/** What the log, or a run that was only tried, tells of a lead's buyers. */
export type Told = BuyerTold | SaleTold | BidTold

/** Whom a held lead was not given so far, and whom it waits for. */
export const tellHeld = (selling: Selling, flow: Pick<CompiledFlow, 'buyers'>) => ({
  within: selling.stepId,
  considered: selling.considered,
  order: orderOf(selling),
  waits: selling.waits.map(({ offer: { stepId, via, of }, at, reason }): Waiting => {
    const { name = stepId, recipient = stepId } = flow.buyers.get(stepId) ?? {}
    const way = { ...(via !== undefined && { via }), ...(of !== undefined && { of }) }
    return { stepId, name, recipient, reason, at: isoTime(at), ...way }
  }),
})

const bidOf = ({ stepId, bidCents }: { stepId: string; bidCents?: number }): BidTold[] =>
  bidCents === undefined ? [] : [{ type: 'bid', stepId, bidCents }]

function toldOf(result: StepResult): Told[] {
  if (result.type === 'distribution') return [{ ...result, type: 'sale', waits: [] }]
  if (result.type === 'ping') return bidOf(result)
  if (result.type !== 'buyer') return []
  const { verdict, eventId, priceCents, ...rest } = result
  const isSold = result.outcome === 'accepted'
  return [{ ...rest, ...(isSold && { priceCents, buyerLeadId: verdict?.buyerLeadId }) }]
}

/** What a run tells of its buyers, at its end or as it is put aside. */
export function tellRun({ results, selling }: Run, flow: Pick<CompiledFlow, 'buyers'>): Told[] {
  const told = results.flatMap(toldOf)
  if (!selling) return told
  const { within, ...held } = tellHeld(selling, flow)
  return [...told, { type: 'sale', stepId: within, ...held }]
}
