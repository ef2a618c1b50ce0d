import type { TraceEntry } from '@/lib/engine/types'
import type { EventDetail } from '@/lib/events/schema'
import type { LeadDetail } from '@/lib/leads/schema'
import { formatMoney } from '@/lib/money'

/**
 * One line of a lead's story. Without `outcome` it is something that began. `event` is the one it belongs to; the line
 * that tells how that event ended carries its anchor.
 */
export type Happening = {
  id: string
  atMs: number
  words: string
  /** Whose answer it is, where that is not told just before. */
  who?: string
  outcome?: string
  reason?: string
  trace: readonly TraceEntry[]
  event?: EventDetail
  isEnd: boolean
}

const startOf = (event: EventDetail) => Date.parse(event.startedAt)
const endOf = (event: EventDetail) => Date.parse(event.endedAt)
const recipientOf = ({ recipient, name }: EventDetail) => recipient ?? name
const withReason = (reason: string | undefined) => (reason === undefined ? {} : { reason })

/** The entry that says what was decided is the line itself; what is left says why. */
const why = (event: EventDetail) => event.trace.filter(({ kind }) => kind !== 'delivery')

function received(lead: LeadDetail): Happening {
  const from = lead.side === 'seller' ? (lead.sourceName ?? 'the test console') : (lead.partnerName ?? 'the seller')
  return { id: 'received', atMs: Date.parse(lead.receivedAt), words: `received from ${from}`, trace: [], isEnd: false }
}

function acceptance(event: EventDetail): Happening[] {
  // What became of a lead in the queue has lines of its own.
  const trace = event.trace.filter(({ kind }) => kind !== 'queue')
  if (trace.length === 0) return []
  const isAccepted = trace.every(({ passed }) => passed)
  return [
    {
      id: `${event.id} criteria`,
      atMs: startOf(event),
      words: isAccepted ? 'taken in' : 'not taken in',
      outcome: isAccepted ? 'continue' : 'stop',
      trace,
      event,
      isEnd: false,
    },
  ]
}

function filtered(event: EventDetail): Happening[] {
  const isStopped = event.outcome !== 'continue'
  return [
    {
      id: event.id,
      atMs: startOf(event),
      words: isStopped ? `stopped by ${event.name}` : `passed ${event.name}`,
      outcome: event.outcome,
      ...(isStopped && withReason(event.reason)),
      trace: event.trace,
      event,
      isEnd: true,
    },
  ]
}

/** What a step set, in its trace. */
function changed(event: EventDetail): Happening[] {
  const isSet = event.outcome === 'success'
  return [
    {
      id: event.id,
      atMs: startOf(event),
      words: isSet ? event.name : `${event.name} set nothing`,
      outcome: isSet ? 'continue' : event.outcome,
      trace: event.trace,
      event,
      isEnd: true,
    },
  ]
}

/** A service that was asked, and what it said. */
function lookedUp(event: EventDetail): Happening[] {
  const end = { id: event.id, outcome: event.outcome, ...withReason(event.reason), event, isEnd: true }
  if (event.outcome === 'skipped') return [{ ...skipped(end), atMs: startOf(event), words: `${event.name} not asked` }]
  const isSaid = event.trace.some(({ text }) => event.reason !== undefined && text.includes(event.reason))
  const { reason: _, ...said } = end
  return [
    { id: `${event.id} asked`, atMs: startOf(event), words: `asked ${event.name}`, trace: [], event, isEnd: false },
    { ...(isSaid ? said : end), atMs: endOf(event), words: '', trace: event.trace },
  ]
}

/** The trace says the reason too, with the values it saw. */
function skipped({
  reason,
  ...end
}: {
  reason?: string
  id: string
  outcome: string
  event: EventDetail
  isEnd: boolean
}) {
  const trace = why(end.event)
  const isSaid = reason !== undefined && trace.some(({ text }) => text.includes(reason))
  return { ...end, trace, ...(!isSaid && withReason(reason)) }
}

function delivered(event: EventDetail, side: LeadDetail['side']): Happening[] {
  const to = recipientOf(event)
  const end = { id: event.id, outcome: event.outcome, ...withReason(event.reason), event, isEnd: true }
  if (event.outcome === 'skipped') return [{ ...skipped(end), atMs: startOf(event), words: `${to} skipped` }]
  const begun = side === 'seller' ? `→ ${to}` : `→ your destination ${to}`
  return [
    { id: `${event.id} sent`, atMs: startOf(event), words: begun, trace: why(event), event, isEnd: false },
    { ...end, atMs: endOf(event), words: '', trace: [] },
  ]
}

/** A buyer that was asked for its bid, and what it bids or why it does not. */
function pinged(event: EventDetail, side: LeadDetail['side']): Happening[] {
  const end = { id: event.id, outcome: event.outcome, ...withReason(event.reason), event, isEnd: true }
  const words = side === 'seller' ? `pinged ${recipientOf(event)}` : `asked for your bid by ${event.name}`
  return [
    { id: `${event.id} asked`, atMs: startOf(event), words, trace: [], event, isEnd: false },
    { ...end, atMs: endOf(event), words: '', trace: [] },
  ]
}

function saidBack(event: EventDetail, side: LeadDetail['side']): Happening {
  const by = side === 'seller' ? ` from ${recipientOf(event)}` : ''
  return {
    id: event.id,
    atMs: startOf(event),
    words: `${event.name}${by} ${event.outcome === 'success' ? 'accepted' : 'refused'}`,
    outcome: event.outcome === 'success' ? event.name : 'stop',
    ...withReason(event.reason),
    trace: [],
    event,
    isEnd: true,
  }
}

function answered(event: EventDetail, lead: LeadDetail): Happening {
  const { priceCents = lead.priceCents } = event
  const paid = priceCents > 0 ? `, price ${formatMoney(priceCents)}` : ''
  return {
    id: event.id,
    atMs: endOf(event),
    words: `answered ${event.outcome === 'pending' ? 'success, result pending' : event.outcome}${paid}`,
    outcome: event.outcome,
    ...withReason(event.reason),
    trace: [],
    event,
    isEnd: true,
  }
}

/** What the source's webhook was told when a pending result was known. */
function toldSource(event: EventDetail): Happening[] {
  const { notice } = event
  if (!notice) return []
  const words = {
    sent: 'told the source',
    waiting: 'could not tell the source yet',
    failed: 'could not tell the source, given up',
  }[notice.state]
  const tries = notice.tries > 1 ? `${notice.tries} tries. ` : ''
  const end = { id: `${event.id} notice`, atMs: Date.parse(notice.at), words, trace: [], event, isEnd: false }
  return [{ ...end, reason: `${tries}${notice.message}`, ...(notice.state === 'failed' && { outcome: 'error' }) }]
}

/** What a lead waits for, and what people decided about it meanwhile. */
function waited(event: EventDetail): Happening[] {
  const isHeld = event.outcome === 'held'
  return [
    {
      id: event.id,
      atMs: startOf(event),
      words: isHeld ? `waits for ${recipientOf(event)}` : '',
      outcome: event.outcome,
      ...withReason(event.reason),
      trace: [],
      event,
      isEnd: true,
    },
  ]
}

type Teller = (event: EventDetail, side: LeadDetail['side']) => Happening[]
/** How the events that stand in the middle of the story are told, by their type. */
const tellers: Partial<Record<EventDetail['type'], Teller>> = {
  filter: filtered,
  mapping: changed,
  duplicate_check: filtered,
  suppression: filtered,
  lookup: lookedUp,
  ping: pinged,
  queue: waited,
  delivery: delivered,
}

/** A lead's story, in order, from its events: taken in, filtered, offered, answered, and what was said back later. */
export function happeningsOf(lead: LeadDetail): Happening[] {
  const { events, side } = lead
  // A lead that is tried again after its end is answered once more.
  const answers = events.filter(({ type }) => type === 'source')
  const told = events.flatMap((event) => tellers[event.type]?.(event, side) ?? [])
  const all = [
    received(lead),
    ...answers.slice(0, 1).flatMap(acceptance),
    ...told,
    ...answers.map((event) => answered(event, lead)),
    ...answers.slice(0, 1).flatMap(toldSource),
    ...events.filter(({ type }) => type === 'feedback').map((event) => saidBack(event, side)),
  ]
  const sorted = all.sort((a, b) => a.atMs - b.atMs)
  return sorted.map((one, index) => withName(one, sorted[index - 1]))
}

/** Buyers that are asked at the same time answer in any order. */
function withName(one: Happening, before: Happening | undefined): Happening {
  const { event, words } = one
  const isAnswer = words === '' && (event?.type === 'delivery' || event?.type === 'ping')
  return isAnswer && before?.event?.id !== event.id ? { ...one, who: recipientOf(event) } : one
}
