import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Caps } from '../shapes/selling'
import { capsOf, capWords, needsOf } from './caps'
import { type Ask, type Candidate, givenBack, keysOf, type Reserved, reserve, type Taken, turnAmong } from './reserve'

const noon = Date.parse('2026-11-26T12:00:00Z')
const daily = (limit: number) => capsOf(Caps.parse({ daily: limit }), 'Europe/London')

/** Counters in memory, moved as the database moves them. */
function counters() {
  const used = new Map<string, number>()
  const claims = new Map<string, number>()
  return {
    used: (key: string) => used.get(key) ?? 0,
    claimedAt: (key: string) => claims.get(key),
    move: (taken: readonly Taken[]) => {
      for (const { key, delta } of taken) used.set(key, (used.get(key) ?? 0) + delta)
    },
    claim: (keys: readonly string[], at: number) => {
      for (const key of keys) claims.set(key, at)
    },
    all: used,
  }
}
type Counters = ReturnType<typeof counters>

const candidate = (stepId: string, limit?: number, more: Partial<Candidate> = {}): Candidate => {
  const caps = limit === undefined ? undefined : daily(limit)
  return { stepId, needs: caps ? needsOf(caps, `step:${stepId}`, 4_500, noon) : [], claims: [], ...more }
}
const take = (ask: Ask, kept: Counters): Reserved => {
  const reserved = reserve(ask, kept)
  kept.move(reserved.granted?.taken ?? [])
  return reserved
}
const servedBy = (ask: Ask, kept: Counters, times: number) =>
  Array.from({ length: times }, () => take(ask, kept).granted?.stepId)

describe('reserving a buyer', () => {
  test('goes to the first with room, and says of those before it how full they are', () => {
    const kept = counters()
    const ask = { lead: [], candidates: [candidate('a', 2), candidate('b', 1), candidate('c')] }
    expect(servedBy(ask, kept, 4)).toEqual(['a', 'a', 'b', 'c'])
    const { refused } = reserve(ask, kept)
    expect(refused.map(({ stepId }) => stepId)).toEqual(['a', 'b'])
    const [full] = refused
    if (!full?.need) throw new Error('nothing was full')
    expect(capWords(full.need, full.used ?? 0, noon)).toBe('Cap 2 of 2 a day, resets Fri 00:00 London')
  })

  test('what is given back has room again', () => {
    const kept = counters()
    const ask = { lead: [], candidates: [candidate('a', 1)] }
    const first = take(ask, kept)
    expect(take(ask, kept).granted).toBe(undefined)
    kept.move(givenBack(first.granted?.taken ?? []))
    expect(take(ask, kept).granted?.stepId).toBe('a')
  })

  test('a backup stands in only for one that is full, in its place', () => {
    const kept = counters()
    const ask = {
      lead: [],
      candidates: [candidate('a', 1), candidate('backup', undefined, { after: 'a' }), candidate('c')],
    }
    expect(servedBy(ask, kept, 3)).toEqual(['a', 'backup', 'backup'])
  })

  test('a cap of the flow or source stops the lead for everybody', () => {
    const kept = counters()
    const caps = daily(1)
    const ask = { lead: caps ? needsOf(caps, 'flow:f', 0, noon) : [], candidates: [candidate('a'), candidate('b')] }
    expect(take(ask, kept).granted?.stepId).toBe('a')
    expect(take(ask, kept)).toMatchObject({ leadFull: { used: 1 }, refused: [] })
  })

  test('money counts in cents, and a price that no longer fits is refused', () => {
    const caps = capsOf(Caps.parse({ daily_spend: 100 }), 'UTC')
    const kept = counters()
    const ask = {
      lead: [],
      candidates: [{ ...candidate('a'), needs: caps ? needsOf(caps, 'step:a', 4_500, noon) : [] }],
    }
    expect(servedBy(ask, kept, 3)).toEqual(['a', 'a', undefined])
  })

  test('somebody’s phone reaches a buyer once in its window', () => {
    const kept = counters()
    const ask = {
      lead: [],
      candidates: [
        candidate('a', undefined, { claims: [{ key: 'a|5125550100', since: noon - 1_000 }] }),
        candidate('b'),
      ],
    }
    kept.claim(take(ask, kept).granted?.claims ?? [], noon)
    expect(take(ask, kept)).toMatchObject({ granted: { stepId: 'b' }, refused: [{ stepId: 'a', duplicate: true }] })
    kept.claim(['a|5125550100'], noon - 2_000)
    expect(take(ask, kept).granted?.stepId).toBe('a')
  })

  test('0 and nothing are no limit', () => {
    expect(capsOf(Caps.parse({ daily: 0, hourly_spend: 0 }), 'UTC')).toBe(undefined)
  })

  test('no counter is ever above its cap, whatever is asked and given back', () => {
    const limits = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 5 })
    const turns = fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 30 })), { maxLength: 80 })
    fc.assert(
      fc.property(limits, turns, (caps, moves) => {
        const kept = counters()
        const open: Taken[][] = []
        const ask = { lead: [], candidates: caps.map((limit, index) => candidate(`s${index}`, limit || undefined)) }
        const move = (gives: boolean, which: number) => {
          if (gives && open.length > 0) return kept.move(givenBack(open.splice(which % open.length, 1)[0] ?? []))
          const { granted } = take(ask, kept)
          if (granted) open.push(granted.taken)
        }
        const isWithin = ({ needs }: Candidate) => needs.every((need) => kept.used(need.key) <= need.limit)
        for (const [gives, which] of moves) {
          move(gives, which)
          expect(ask.candidates.every(isWithin)).toBe(true)
        }
      }),
    )
  })
})

describe('taking turns', () => {
  const turn = (weights: Record<string, number>): Ask => ({
    lead: [],
    candidates: Object.keys(weights).map((stepId) => candidate(stepId)),
    turn: { owner: 'f/auction', weights },
  })

  test('round robin is strict', () => {
    expect(servedBy(turn({ a: 1, b: 1, c: 1 }), counters(), 7)).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'a'])
  })

  test('weights are met exactly in every round, and spread within it', () => {
    const served = servedBy(turn({ a: 5, b: 1, c: 1 }), counters(), 14)
    expect(served.slice(0, 7)).toEqual(['a', 'a', 'b', 'a', 'c', 'a', 'a'])
    expect(served.filter((stepId) => stepId === 'a')).toHaveLength(10)
  })

  test('in any window everybody’s share is met to within one lead for each who takes turns', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(weights, fc.nat({ max: 60 }), fc.integer({ min: 1, max: 120 }), (given, from, length) => {
        const byId = Object.fromEntries(given.map((weight, index) => [`s${index}`, weight]))
        const total = given.reduce((sum, weight) => sum + weight, 0)
        const window = servedBy(turn(byId), counters(), from + length).slice(from)
        for (const [stepId, weight] of Object.entries(byId)) {
          const share = (window.filter((one) => one === stepId).length / length) * total
          expect((Math.abs(share - weight) / total) * length).toBeLessThanOrEqual(2)
        }
      }),
    )
  })

  test('a group has one share, and its buyers take turns within it', () => {
    const within = { owner: 'f/west', weights: { b: 1, c: 1 } }
    const ask: Ask = {
      lead: [],
      candidates: ['a', 'b', 'c'].map((stepId) => candidate(stepId)),
      turn: {
        owner: 'f/auction',
        weights: { a: 1, west: 1 },
        groups: { west: [{ stepIds: ['b', 'c'], turn: within }] },
      },
    }
    expect(servedBy(ask, counters(), 8)).toEqual(['a', 'b', 'a', 'c', 'a', 'b', 'a', 'c'])
    expect(keysOf(ask)).toEqual(['turn:f/auction|a', 'turn:f/auction|west', 'turn:f/west|b', 'turn:f/west|c'])
  })

  test('a group keeps its share while one of its buyers has room, and the next part of it is asked then', () => {
    const parts = [{ stepIds: ['b'] }, { stepIds: ['c'] }]
    const ask: Ask = {
      lead: [],
      candidates: [candidate('a'), candidate('b', 1), candidate('c', 2)],
      turn: { owner: 'f/auction', weights: { a: 1, group: 1 }, groups: { group: parts } },
    }
    expect(servedBy(ask, counters(), 8)).toEqual(['a', 'b', 'a', 'c', 'a', 'c', 'a', 'a'])
    const onlyA = turnAmong(ask.turn ?? { owner: '', weights: {} }, new Set(['a']))
    expect(onlyA).toEqual({ owner: 'f/auction', weights: { a: 1 } })
  })

  test('a refused lead gives back the turns of the group and of its buyer', () => {
    const kept = counters()
    const ask: Ask = {
      lead: [],
      candidates: [candidate('b'), candidate('c')],
      turn: {
        owner: 'f/auction',
        weights: { west: 3 },
        groups: { west: [{ stepIds: ['b', 'c'], turn: { owner: 'f/west', weights: { b: 2, c: 1 } } }] },
      },
    }
    kept.move(givenBack(take(ask, kept).granted?.taken ?? []))
    expect([...kept.all.values()].every((value) => value === 0)).toBe(true)
  })

  test('who is full does not save up turns', () => {
    const kept = counters()
    const ask = turn({ a: 1, b: 1 })
    const closed = { ...ask, candidates: ask.candidates.filter(({ stepId }) => stepId === 'a') }
    expect(servedBy(closed, kept, 10)).toEqual(Array(10).fill('a'))
    expect(servedBy(ask, kept, 4).filter((stepId) => stepId === 'b')).toHaveLength(2)
  })

  test('a refused lead gives its turn back', () => {
    const kept = counters()
    const ask = turn({ a: 1, b: 1 })
    const first = take(ask, kept)
    kept.move(givenBack(first.granted?.taken ?? []))
    expect([...kept.all.values()].every((value) => value === 0)).toBe(true)
  })
})
