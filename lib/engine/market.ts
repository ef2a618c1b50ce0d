import { type AFlow, aRun } from './fixtures'
import {
  advance,
  type Effect,
  MemoryCounters,
  type Nested,
  openAttempts,
  type Run,
  type RunEvent,
  type Verdict,
} from './index'

type UnderWay = {
  run: Run
  effect: Effect
  /** What a process that takes the lead over would find; absent until commit 1. */
  durable?: Run
}
type Said = (stepId: string, tries: number) => Verdict['outcome'] | Verdict

const saved = (run: Run): Run => JSON.parse(JSON.stringify(run)) as Run

/** What a lead waits for that asks for nothing: one of its attempts that are open beside each other. */
function openEffect({ selling }: Run): Effect | undefined {
  const [first] = selling?.open ?? []
  return first && { kind: 'attempt', stepId: first.stepId, eventId: first.eventId }
}

/** What the buyer that was asked first says. */
function verdictOf(said: Said, run: Run): Verdict {
  const [first] = openAttempts(run)
  const verdict = said(first?.stepId ?? '', first?.offer?.tries ?? 0)
  return typeof verdict === 'string' ? { outcome: verdict } : verdict
}

/**
 * Leads under way at the same time, as if each were in another process, with counters that all of them share. One event
 * at a time moves one of them; what a step asks for is pending until `commit` does it, so that others may come between.
 * Where several buyers are asked at once, all are that may be, and the effect is the last of it.
 */
export function aMarket(made: AFlow) {
  const counters = new MemoryCounters()
  const leads = new Map<string, UnderWay>()
  let ids = 0
  const nextId = () => `e${++ids}`

  const at = (leadId: string): UnderWay => {
    const lead = leads.get(leadId)
    if (!lead) throw new Error(`no lead ${leadId} is under way`)
    return lead
  }
  const go = (leadId: string, before: Run, event: RunEvent): Effect => {
    const first = advance(made.flow, made.source, before, event)
    if (first.effects.length > 1) throw new Error(`${event.kind} led to ${first.effects.length} effects`)
    let { run } = first
    let effect = first.effects[0] ?? openEffect(run)
    for (let more = first.effects[0]; more?.kind === 'attempt' && run.selling?.open; ) {
      const next = advance(made.flow, made.source, run, { kind: 'more', now: event.now, nextEventId: nextId() })
      run = next.run
      more = next.effects[0]
      effect = more ?? effect
    }
    if (!effect) throw new Error(`${event.kind} led to no effect`)
    const { durable } = leads.get(leadId) ?? {}
    leads.set(leadId, { run, effect, ...(durable && { durable }) })
    return effect
  }
  const writeMoves = (run: Run, leadId: string): Run => {
    counters.apply(run.moves, leadId)
    const { moves: _, ...rest } = run
    return rest
  }

  const market = {
    counters,
    runOf: (leadId: string): Run => at(leadId).run,
    effectOf: (leadId: string): Effect => at(leadId).effect,
    has: (leadId: string): boolean => leads.has(leadId),
    isDurable: (leadId: string): boolean => at(leadId).durable !== undefined,

    submit: (leadId: string, lead: Nested, now: number): Effect =>
      go(leadId, { ...aRun(made, lead), leadId, receivedAt: now }, { kind: 'start', now, nextEventId: nextId() }),

    /** Does what needs the database: the question to the counters, and whatever has to be durable. */
    commit: (leadId: string, now: number): Effect => {
      const { run, effect } = at(leadId)
      if (effect.kind === 'reserve') {
        counters.apply(run.moves, leadId)
        const reserved = counters.reserve(effect.ask, leadId, now)
        const { eventId } = effect
        go(leadId, run, { kind: 'reserved', eventId, reserved, now, nextEventId: eventId })
        const next = at(leadId)
        next.durable = saved(next.run)
        return next.effect
      }
      const written = effect.kind === 'attempt' ? run : writeMoves(run, leadId)
      leads.set(leadId, { run: written, effect, durable: saved(written) })
      return effect
    },

    /** @param which of the attempts that are open. */
    answer: (leadId: string, verdict: Verdict, now: number, which = 0): Effect => {
      const { run, effect } = at(leadId)
      const attempt = openAttempts(run)[which]
      if (effect.kind !== 'attempt' || !attempt) throw new Error(`lead ${leadId} waits for no buyer`)
      return go(leadId, run, { kind: 'answered', eventId: attempt.eventId, verdict, now, nextEventId: nextId() })
    },

    /** The configuration changed before the attempt left; or before the last ones did, from the one at `since` on. */
    redecide: (leadId: string, now: number, since = 0): Effect => {
      const { run } = at(leadId)
      const eventIds = openAttempts(run).flatMap(({ eventId }, index) => (index < since ? [] : [eventId]))
      return go(leadId, run, { kind: 'redecide', now, nextEventId: nextId(), eventIds })
    },

    /** The process of the lead dies: another one goes on with what was durable. Nothing is left of what was not. */
    lose: (leadId: string, now: number): Effect | undefined => {
      const { durable } = at(leadId)
      if (!durable) {
        leads.delete(leadId)
        return undefined
      }
      return go(leadId, saved(durable), { kind: 'lost', now, nextEventId: nextId() })
    },

    /** Takes up a held lead: with those buyers that are due, or with all. */
    resume: (leadId: string, now: number, all = false): Effect =>
      go(leadId, at(leadId).run, { kind: 'resume', now, nextEventId: nextId(), ...(all && { all }) }),

    /** Carries a lead on until it ends or is held. */
    carryOn: (leadId: string, now: number, said: Said): Run => {
      let { effect } = at(leadId)
      while (effect.kind === 'attempt' || effect.kind === 'reserve') {
        if (effect.kind === 'attempt') market.answer(leadId, verdictOf(said, at(leadId).run), now)
        else market.commit(leadId, now)
        effect = at(leadId).effect
      }
      market.commit(leadId, now)
      return at(leadId).run
    },

    /** Sends a lead through, with nobody beside it. */
    send: (leadId: string, lead: Nested, now: number, said: Said = () => 'accepted'): Run => {
      market.submit(leadId, lead, now)
      return market.carryOn(leadId, now, said)
    },
  }
  return market
}

/** The steps that took a lead. */
export const soldTo = (run: Run): string[] =>
  run.results.flatMap((result) => (result.type === 'buyer' && result.outcome === 'accepted' ? [result.stepId] : []))
