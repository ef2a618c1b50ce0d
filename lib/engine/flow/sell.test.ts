import { describe, expect, test } from 'vitest'
import { type AFlow, aBuyer, aFlow, aRun, now } from '../fixtures'
import { advance, type Effect, type FlowDocumentInput, MemoryCounters, type Run, type Verdict } from '../index'

type Steps = NonNullable<FlowDocumentInput['steps']>
type Buyer = ReturnType<typeof aBuyer>
type Said = Verdict['outcome']

const hourMs = 3_600_000
const onceEach = (buyer: Buyer): Buyer => ({ ...buyer, rules: { active: true, accept_duplicates: false } })
const closed = (buyer: Buyer, otherwise: object): Buyer => ({
  ...buyer,
  conditional_delivery: {
    time_restrictions: { timezone: 'UTC', hours: { start: '20:00', end: '21:00' }, ...otherwise },
  },
})
const capped = (buyer: Buyer, daily: number): Buyer => ({ ...buyer, conditional_delivery: { caps: { daily } } })
const inGroup = (strategy: string, ...buyers: object[]) =>
  aFlow({ steps: [{ id: 'group', type: 'distribution', name: 'Group', strategy, buyers }] as unknown as Steps })

/** Leads on their way through a flow, with counters that all of them share. */
function aTable(made: AFlow) {
  const counters = new MemoryCounters()
  let ids = 0
  const goOn = (at: { run: Run; effects: Effect[] }, time: number, said: (stepId: string) => Said): Run => {
    const { run } = at
    const [effect] = at.effects
    const nextEventId = `e${++ids}`
    if (effect?.kind === 'reserve') {
      counters.apply(run.moves, run.leadId)
      const reserved = counters.reserve(effect.ask, run.leadId, time)
      const event = { kind: 'reserved', eventId: effect.eventId, reserved, now: time, nextEventId } as const
      return goOn(advance(made.flow, made.source, run, event), time, said)
    }
    if (effect?.kind === 'attempt') {
      const verdict: Verdict = { outcome: said(effect.stepId) }
      const event = { kind: 'answered', eventId: effect.eventId, verdict, now: time, nextEventId } as const
      return goOn(advance(made.flow, made.source, run, event), time, said)
    }
    counters.apply(run.moves, run.leadId)
    return { ...run, moves: undefined } as unknown as Run
  }
  return {
    counters,
    send: (leadId: string, said: (stepId: string) => Said = () => 'accepted', lead = {}): Run => {
      const run: Run = { ...aRun(made, { phone_1: '5125550101', ...lead }), leadId }
      return goOn(advance(made.flow, made.source, run, { kind: 'start', now, nextEventId: `e${++ids}` }), now, said)
    },
    resume: (run: Run, time: number, said: (stepId: string) => Said = () => 'accepted'): Run =>
      goOn(advance(made.flow, made.source, run, { kind: 'resume', now: time, nextEventId: `e${++ids}` }), time, said),
  }
}
const buyersOf = (run: Run) =>
  run.results.flatMap((result) => (result.type === 'buyer' && result.outcome === 'accepted' ? [result.stepId] : []))
const reasonOf = (run: Run) => run.reason

describe('a buyer that takes nobody twice', () => {
  test('has the lead of a retry: the next one with the same phone is a duplicate', () => {
    const made = aFlow({ steps: [{ ...onceEach(aBuyer('a')), retry: { max_attempts: 2 } }] })
    const table = aTable(made)
    const held = table.send('l1', () => 'error')
    expect(held.state).toBe('held')
    expect(buyersOf(table.resume(held, now + hourMs))).toEqual(['a'])
    expect(reasonOf(table.send('l2'))).toBe('Duplicate')
  })

  test('is asked again where the configuration changed before the lead left: it is no duplicate of itself', () => {
    const made = aFlow({ steps: [onceEach(aBuyer('a'))] })
    const counters = new MemoryCounters()
    const begun = advance(made.flow, made.source, aRun(made, { phone_1: '5125550101' }), {
      kind: 'start',
      now,
      nextEventId: 'e1',
    })
    const grant = (at: { run: Run; effects: Effect[] }) => {
      const [effect] = at.effects
      if (effect?.kind !== 'reserve') throw new Error('the counters are not asked')
      counters.apply(at.run.moves, at.run.leadId)
      const reserved = counters.reserve(effect.ask, at.run.leadId, now)
      const event = { kind: 'reserved', eventId: effect.eventId, reserved, now, nextEventId: effect.eventId } as const
      return advance(made.flow, made.source, at.run, event)
    }
    const again = advance(made.flow, made.source, grant(begun).run, { kind: 'redecide', now })
    expect(grant(again).effects).toMatchObject([{ kind: 'attempt', stepId: 'a' }])
  })
})

test('a retry of an attempt that the buyer may have taken takes its place in the cap once, and gives it back once', () => {
  const made = aFlow({
    steps: [
      {
        ...capped(aBuyer('a'), 5),
        on_unknown: 'next_buyer',
        failover: { failover_chain: [{ action: 'queue_for_retry', retry_after: '1 hour' }] },
      },
    ],
  })
  const usedAfter = (said: Said) => {
    const table = aTable(made)
    const held = table.send('l1', () => 'unknown')
    expect(held.state).toBe('held')
    table.resume(held, now + hourMs, () => said)
    return table.counters.keys().map((key) => table.counters.usedOf(key))
  }
  expect(usedAfter('accepted')).toEqual([1])
  expect(usedAfter('rejected')).toEqual([0])
})

describe('where buyers take turns', () => {
  test('whoever stands in for one that is closed is asked when nobody else is there', () => {
    const night = capped({ ...aBuyer('night'), standby: true }, 5)
    const a = closed(aBuyer('a'), { outside_hours: 'alternate_buyer', alternate_buyer: 'night' })
    const b = { ...capped(aBuyer('b'), 5), rules: { active: false } }
    const table = aTable(inGroup('round_robin', a, b, night))
    expect(buyersOf(table.send('l1'))).toEqual(['night'])
  })

  test('leads that waited for both are shared between them', () => {
    const queue = { outside_hours: 'queue' }
    const table = aTable(inGroup('round_robin', closed(aBuyer('a'), queue), closed(aBuyer('b'), queue)))
    const held = ['l1', 'l2', 'l3', 'l4'].map((id) => table.send(id))
    expect(held.map(({ state }) => state)).toEqual(['held', 'held', 'held', 'held'])
    const sold = held.flatMap((run) => buyersOf(table.resume(run, now + 2 * hourMs)))
    expect(sold.toSorted()).toEqual(['a', 'a', 'b', 'b'])
  })
})

test('groups take turns as one, by their weight, and their buyers take turns within them', () => {
  const west = { id: 'west', type: 'distribution', name: 'West', strategy: 'round_robin', weight: 2 }
  const buyers = [{ ...west, buyers: [aBuyer('b'), aBuyer('c')] }, aBuyer('a')]
  const table = aTable(inGroup('weighted', ...buyers))
  const served = Array.from({ length: 9 }, (_, index) => buyersOf(table.send(`l${index}`))[0])
  expect(served.filter((id) => id === 'a')).toHaveLength(3)
  expect(served.filter((id) => id === 'b')).toHaveLength(3)
  expect(served.filter((id) => id === 'c')).toHaveLength(3)
})

test('a lead that one buyer of a group refuses is offered to the next one of the group', () => {
  const west = {
    id: 'west',
    type: 'distribution',
    name: 'West',
    strategy: 'priority',
    buyers: [aBuyer('b'), aBuyer('c')],
  }
  const table = aTable(inGroup('round_robin', west, aBuyer('a')))
  const run = table.send('l1', (stepId) => (stepId === 'b' ? 'rejected' : 'accepted'))
  expect(buyersOf(run)).toEqual(['c'])
  expect(buyersOf(table.send('l2'))).toEqual(['a'])
})

test('a group within a group that is switched off is passed by', () => {
  const off = { id: 'off', type: 'distribution', name: 'Off', active: false, buyers: [aBuyer('a')] }
  expect(buyersOf(aTable(inGroup('priority', off, aBuyer('b'))).send('l1'))).toEqual(['b'])
})

test('a lead waits for a buyer for seven days at most', () => {
  const opens = closed(aBuyer('a'), {
    outside_hours: 'queue',
    holidays: Array.from({ length: 20 }, (_, at) => new Date(now + at * 24 * hourMs).toISOString().slice(0, 10)),
  })
  const made = aFlow({ steps: [opens] })
  const { effects } = advance(made.flow, made.source, aRun(made), { kind: 'start', now, nextEventId: 'e1' })
  expect(effects).toMatchObject([{ kind: 'hold', until: now + 7 * 24 * hourMs }])
})
