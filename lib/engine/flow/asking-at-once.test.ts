import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aBuyer, aFlow, inputOf, now } from '../fixtures'
import {
  advance,
  checkFlow,
  type FlowDocumentInput,
  openAttempts,
  type Run,
  type RunEvent,
  type Verdict,
} from '../index'
import { aMarket, soldTo } from '../market'

type Steps = NonNullable<FlowDocumentInput['steps']>
type Buyer = ReturnType<typeof aBuyer>
type Said = Verdict['outcome']

const capped = (id: string, daily: number, more: object = {}): Buyer => ({
  ...aBuyer(id),
  conditional_delivery: { caps: { daily, ...more } },
})
const group = (sellTo: number | undefined, buyers: object[], more: object = {}) => ({
  ...{ id: 'group', type: 'distribution', name: 'Group', parallel: true, buyers, ...more },
  ...(sellTo !== undefined && { sell_to: sellTo }),
})
const shared = (sellTo: number | undefined, buyers: object[], more: object = {}) =>
  aFlow({ steps: [group(sellTo, buyers, more)] as unknown as Steps })
const four = () => ['a', 'b', 'c', 'd'].map((id) => aBuyer(id))
const askedNow = (run: Run) => run.selling?.open?.map(({ stepId }) => stepId) ?? []
const attemptsOf = (run: Run) =>
  run.results.flatMap((result) => (result.type === 'buyer' ? [`${result.stepId} ${result.outcome}`] : []))

/** One lead under way; `answer` says what one of those says that are being asked. */
function aLead(made: ReturnType<typeof aFlow>) {
  const market = aMarket(made)
  market.submit('l', { phone_1: '5125550101' }, now)
  const at = (id: string) => askedNow(market.runOf('l')).indexOf(id)
  const lead = {
    market,
    run: () => market.runOf('l'),
    asked: () => askedNow(market.runOf('l')),
    /** Does what needs the database until buyers are waited for, or the lead ends. */
    commit: () => {
      for (let kind = market.effectOf('l').kind; kind === 'reserve'; kind = market.effectOf('l').kind)
        market.commit('l', now)
      market.commit('l', now)
    },
    answer: (id: string, outcome: Said, time = now) => {
      market.answer('l', { outcome }, time, at(id))
      lead.commit()
    },
    /** What a buyer's cap of today holds. */
    used: (id: string) => market.counters.usedOf(market.counters.keys().find((key) => key.includes(`/${id}|`)) ?? ''),
  }
  lead.commit()
  return lead
}

describe('a distribution that asks several at once', () => {
  test('asks as many as may have the lead, and no more when one of them has it', () => {
    const lead = aLead(shared(2, four()))
    expect(lead.asked()).toEqual(['a', 'b'])
    lead.answer('b', 'accepted')
    expect(lead.asked()).toEqual(['a'])
    lead.answer('a', 'accepted')
    expect(soldTo(lead.run())).toEqual(['a', 'b'])
    expect(lead.run().state).toBe('done')
  })

  test('asks the next one in the place of one that refuses, while the others are still asked', () => {
    const lead = aLead(shared(2, four()))
    lead.answer('a', 'rejected')
    expect(lead.asked()).toEqual(['b', 'c'])
    lead.answer('c', 'error')
    expect(lead.asked()).toEqual(['b', 'd'])
  })

  test('takes one that may have the lead for one that has it', () => {
    const lead = aLead(shared(2, four()))
    lead.answer('b', 'unknown')
    expect(lead.asked()).toEqual(['a'])
    lead.answer('a', 'accepted')
    expect(attemptsOf(lead.run())).toEqual(['a accepted', 'b unknown'])
  })

  test('asks everybody in a broadcast', () => {
    expect(aLead(shared(undefined, four(), { strategy: 'broadcast' })).asked()).toEqual(['a', 'b', 'c', 'd'])
  })

  test('asks one by one where it sells to one', () => {
    const lead = aLead(shared(1, four()))
    expect(lead.run().awaiting?.stepId).toBe('a')
    expect(lead.asked()).toEqual([])
  })

  test('has attempts in the log in the order in which they began, whatever order they ended in', () => {
    const lead = aLead(shared(3, four()))
    lead.answer('c', 'accepted')
    lead.answer('b', 'rejected')
    lead.answer('d', 'accepted')
    lead.answer('a', 'accepted')
    expect(attemptsOf(lead.run())).toEqual(['a accepted', 'b rejected', 'c accepted', 'd accepted'])
  })

  test('asks nobody new when its time is over, and waits for those it has asked', () => {
    const lead = aLead(shared(2, four(), { time_budget_seconds: 5 }))
    lead.answer('a', 'rejected', now + 6_000)
    expect(lead.asked()).toEqual(['b'])
    lead.answer('b', 'accepted', now + 9_000)
    expect(soldTo(lead.run())).toEqual(['b'])
  })

  test('goes on to the next step only when all have answered', () => {
    const lead = aLead(aFlow({ steps: [group(2, four()), aBuyer('after')] as unknown as Steps }))
    lead.answer('a', 'accepted')
    expect(lead.run().awaiting).toBeUndefined()
    lead.answer('b', 'accepted')
    expect(lead.run().awaiting?.stepId).toBe('after')
  })

  test('asks the chain of one that fails in its place', () => {
    const failing = { ...aBuyer('a'), failover: { failover_chain: [{ buyer: 'backup' }] } }
    const lead = aLead(shared(2, [failing, aBuyer('b'), aBuyer('c'), { ...aBuyer('backup'), standby: true }]))
    lead.answer('a', 'error')
    expect(lead.asked()).toEqual(['b', 'backup'])
  })

  test('tries one that failed at once under its own event id', () => {
    const first = { ...aBuyer('a'), failover: { failover_chain: [{ buyer: 'x', conditions: { max_attempts: 2 } }] } }
    const lead = aLead(shared(2, [first, aBuyer('b'), { ...aBuyer('x'), standby: true }]))
    lead.answer('a', 'error')
    const eventId = lead.run().selling?.open?.find(({ stepId }) => stepId === 'x')?.eventId
    lead.answer('x', 'error')
    expect(lead.asked()).toEqual(['b', 'x'])
    expect(lead.run().selling?.open?.[1]?.eventId).toBe(eventId)
  })
})

describe.each([true, false])(
  'a buyer that failed, and would be tried again at once (beside others: %s)',
  (parallel) => {
    const first = { ...aBuyer('a'), failover: { failover_chain: [{ buyer: 'x', conditions: { max_attempts: 2 } }] } }
    const made = shared(2, [first, { ...aBuyer('x'), standby: true }], { time_budget_seconds: 5, parallel })
    const failing = (time: number) => {
      const lead = aLead(made)
      for (const at of [now, time]) {
        lead.market.answer('l', { outcome: 'error' }, at)
        lead.commit()
      }
      return lead
    }

    test('is in the log where the time is over', () => {
      const run = failing(now + 6_000).run()
      expect(run.state).toBe('done')
      expect(attemptsOf(run)).toEqual(['a error', 'x error'])
    })

    test('is in the log where the flow is switched off before it is', () => {
      const event: RunEvent = { kind: 'stop', reason: 'Flow is disabled', now }
      const { run } = advance(made.flow, made.source, failing(now).run(), event)
      expect(run).toMatchObject({ state: 'done', reason: 'Flow is disabled' })
      expect(attemptsOf(run)).toEqual(['a error', 'x error'])
    })
  },
)

test('a buyer that collects the lead for a batch has its place; when that goes out it is asked alone', () => {
  const connection = {
    ...{ method: 'manual', endpoint: { url: 'https://a.example.com' } },
    request: { mappings: { event_id: '{{event_id}}' }, batch: { minutes: 15, leads: 50 } },
  }
  const made = shared(3, [{ ...aBuyer('a'), connection }, aBuyer('b'), aBuyer('c'), aBuyer('d')])
  const lead = aLead(made)
  expect(lead.asked()).toEqual(['b', 'c'])
  lead.answer('b', 'rejected')
  expect(lead.asked()).toEqual(['c', 'd'])
  lead.answer('d', 'rejected')
  lead.answer('c', 'accepted')
  expect(lead.run().state).toBe('held')
  const { run } = advance(made.flow, made.source, lead.run(), { kind: 'resume', batch: 'a', now, nextEventId: 'n' })
  expect([run.awaiting?.stepId, askedNow(run)]).toEqual(['a', []])
})

describe('what is taken for several at once', () => {
  test('is given back by whoever refuses, and kept by whoever has it or may have it', () => {
    const lead = aLead(shared(3, [capped('a', 5), capped('b', 5), capped('c', 5)]))
    expect(['a', 'b', 'c'].map(lead.used)).toEqual([1, 1, 1])
    lead.answer('b', 'rejected')
    lead.answer('c', 'unknown')
    lead.answer('a', 'accepted')
    expect(['a', 'b', 'c'].map(lead.used)).toEqual([1, 0, 1])
  })

  test('lets the second step of a buyer wait for the first, and asks it where that refuses', () => {
    const takesNobodyTwice = (id: string): Buyer => ({
      ...aBuyer(id),
      rules: { active: true, accept_duplicates: false },
    })
    const target = { active: true, recipient: 'Premium', connectionId: 'c1' }
    const buyers = [takesNobodyTwice('a'), takesNobodyTwice('b'), aBuyer('c')]
    const flow = () => aFlow({ steps: [group(3, buyers)] as unknown as Steps, targets: { a: target, b: target } })
    const refused = aLead(flow())
    expect(refused.asked()).toEqual(['a', 'c'])
    refused.answer('a', 'rejected')
    expect(refused.asked()).toEqual(['c', 'b'])

    const taken = aLead(flow())
    taken.answer('c', 'accepted')
    taken.answer('a', 'accepted')
    expect(soldTo(taken.run())).toEqual(['a', 'c'])
    const sale = taken.run().results.find(({ type }) => type === 'distribution')
    expect(sale).toMatchObject({ considered: [{ stepId: 'b', reason: 'Duplicate' }] })
  })
})

describe('attempts that were not sent', () => {
  test('are taken back where the configuration changed, with what they held; the others are waited for', () => {
    const steps = [group(2, [capped('a', 5), capped('b', 5), capped('c', 5)])] as unknown as Steps
    const lead = aLead(aFlow({ steps }))
    const [, b] = lead.run().selling?.open ?? []
    const newest = aFlow({ steps, targets: { b: { active: false, recipient: 'b' } } })
    const event: RunEvent = { kind: 'redecide', now, nextEventId: 'n', eventIds: [b?.eventId ?? ''] }
    const { run, effects } = advance(newest.flow, newest.source, lead.run(), event)
    expect(run.selling?.open?.map(({ stepId }) => stepId)).toEqual(['a'])
    expect(run.moves?.counters).toMatchObject([{ delta: -1 }])
    expect(effects).toMatchObject([{ kind: 'reserve', ask: { candidates: [{ stepId: 'c' }] } }])
  })

  test('are not made any more where the flow is switched off; the lead ends by what the others say', () => {
    const made = shared(2, four())
    const before = aLead(made).run()
    const [a, b] = before.selling?.open ?? []
    const go = (run: Run, event: RunEvent) => advance(made.flow, made.source, run, event)
    const stopped = go(before, { kind: 'stop', reason: 'Flow is disabled', now, eventIds: [b?.eventId ?? ''] })
    expect(stopped.effects).toEqual([])
    const answered = (outcome: Said) =>
      go(stopped.run, { kind: 'answered', eventId: a?.eventId ?? '', verdict: { outcome }, now, nextEventId: 'n' })
    expect(answered('accepted').run).toMatchObject({ state: 'done', outcome: 'success' })
    expect(attemptsOf(answered('accepted').run)).toEqual(['a accepted'])
    expect(answered('rejected')).toMatchObject({ run: { outcome: 'failure' }, effects: [{ kind: 'settle' }] })
    // Its circuit opened before it left: nobody is asked in its place.
    const shut = go(stopped.run, { kind: 'redecide', now, nextEventId: 'n', eventIds: [a?.eventId ?? ''] })
    expect(shut).toMatchObject({ run: { outcome: 'failure', results: [] }, effects: [{ kind: 'settle' }] })
  })
})

test('a process that dies leaves every attempt that was open without an end, and nobody is asked again', () => {
  const lead = aLead(shared(3, four()))
  lead.answer('b', 'accepted')
  lead.market.lose('l', now)
  expect(attemptsOf(lead.run())).toEqual(['a unknown', 'b accepted', 'c unknown'])
  expect(lead.market.effectOf('l').kind).toBe('settle')
})

test('whoever gets a lead one by one gets it where several are asked at once, if each says the same', () => {
  const outcomes = fc.constantFrom<Said>('accepted', 'rejected', 'error', 'unknown')
  const drawn = fc.record({
    sellTo: fc.integer({ min: 1, max: 4 }),
    said: fc.array(outcomes, { minLength: 1, maxLength: 8 }),
    caps: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 8, maxLength: 8 }),
    order: fc.infiniteStream(fc.nat({ max: 20 })),
  })
  fc.assert(
    fc.property(drawn, ({ sellTo, said, caps, order }) => {
      const buyers = said.map((_, at) => capped(`b${at}`, caps[at] ?? 0))
      const saidBy = (id: string): Said => said[Number(id.slice(1))] ?? 'accepted'
      const oneByOne = aMarket(shared(sellTo, buyers, { parallel: false })).send('l', {}, now, saidBy)
      const lead = aLead(shared(sellTo, buyers))
      const began: string[] = []
      for (let asked = openAttempts(lead.run()); asked.length > 0; asked = openAttempts(lead.run())) {
        for (const { eventId } of asked) if (!began.includes(eventId)) began.push(eventId)
        const one = asked[order.next().value % asked.length]
        if (one) lead.market.answer('l', { outcome: saidBy(one.stepId) }, now, asked.indexOf(one))
        lead.commit()
      }
      const run = lead.run()
      expect(attemptsOf(run)).toEqual(attemptsOf(oneByOne))
      expect(run.results.flatMap((one) => (one.type === 'buyer' ? [one.eventId] : []))).toEqual(began)
      expect({ outcome: run.outcome, reason: run.reason }).toEqual({
        outcome: oneByOne.outcome,
        reason: oneByOne.reason,
      })
    }),
    { numRuns: 100 },
  )
})

test('a distribution that sells to one, or stands in another one, is told that it asks one at a time', () => {
  const inner = group(undefined, [aBuyer('b')], { id: 'inner' })
  const warned = (steps: object[]) =>
    checkFlow(inputOf({ steps: steps as unknown as Steps }))
      .filter(({ path }) => path.endsWith('.parallel'))
      .map(({ message }) => message)
  expect(warned([group(undefined, [aBuyer('a')])])).toEqual(['It sells to one buyer, so one is asked at a time.'])
  expect(warned([group(2, [aBuyer('a'), inner])])).toEqual([
    'How many are asked at once is said by the outer distribution.',
  ])
  expect(warned([group(undefined, [aBuyer('a')], { strategy: 'broadcast' })])).toEqual([])
})
