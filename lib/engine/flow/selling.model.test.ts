import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { aBuyer, aFlow } from '../fixtures'
import { type Effect, type FlowDocumentInput, openAttempts, type Verdict } from '../index'
import { aMarket, soldTo } from '../market'
import { type DrawnFlow, type ModelLead, type Next, SellingModel } from './selling-model'

// Thousands of leads: a busy machine takes its time over them.
vi.setConfig({ testTimeout: 120_000 })

type Steps = NonNullable<FlowDocumentInput['steps']>
type Real = { market: ReturnType<typeof aMarket>; submitted: number }

const drawnFlow: fc.Arbitrary<DrawnFlow> = fc.record({
  strategy: fc.constantFrom('priority', 'weighted', 'round_robin', 'highest_price', 'broadcast'),
  sellTo: fc.integer({ min: 1, max: 3 }),
  parallel: fc.boolean(),
  timeZone: fc.constantFrom('UTC', 'America/Los_Angeles', 'Europe/London', 'Asia/Kolkata', 'Australia/Lord_Howe'),
  flowDaily: fc.constantFrom(0, 0, 3, 6),
  buyers: fc.array(
    fc.record({
      daily: fc.integer({ min: 0, max: 3 }),
      hourly: fc.constantFrom(0, 0, 1, 2),
      dailySpend: fc.constantFrom(0, 0, 60, 120),
      weight: fc.integer({ min: 0, max: 4 }),
      price: fc.integer({ min: 10, max: 50 }),
      whenFull: fc.constantFrom('skip', 'queue'),
      goesOn: fc.boolean(),
      tries: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 5 },
  ),
})

/** Clocks go forward, back, or a month and a year end; and an ordinary day. */
const moments = [
  '2026-03-08T09:30:00Z',
  '2026-03-29T00:40:00Z',
  '2026-10-25T00:20:00Z',
  '2026-11-01T07:50:00Z',
  '2026-04-04T14:45:00Z',
  '2028-02-29T22:30:00Z',
  '2026-12-31T23:10:00Z',
  '2026-06-17T12:00:00Z',
].map((text) => Date.parse(text))

function flowOf({ strategy, sellTo, parallel, buyers, timeZone, flowDaily }: DrawnFlow) {
  const members = buyers.map(({ daily, hourly, dailySpend, weight, price, whenFull, goesOn, tries }, at) => ({
    ...aBuyer(`b${at}`),
    weight,
    rules: { active: true, price },
    conditional_delivery: {
      caps: { daily, hourly, daily_spend: dailySpend, timezone: timeZone, when_exceeded: { action: whenFull } },
    },
    retry: { max_attempts: tries, max_age: '90 days' },
    ...(goesOn && { on_unknown: 'next_buyer' }),
  }))
  const auction = { id: 'auction', type: 'distribution', name: 'Auction', strategy, sell_to: sellTo, parallel }
  return aFlow({ caps: { daily: flowDaily, timezone: timeZone }, steps: [{ ...auction, buyers: members }] as Steps })
}

const stepOf = ({ buyer }: { buyer: number }) => `b${buyer}`

/** What a counter may hold at the most, by its key. */
function limitOf({ flow }: SellingModel, key: string): number {
  if (!key.includes('|leads|')) return Number.POSITIVE_INFINITY
  if (key.startsWith('flow:')) return flow.flowDaily
  const buyer = flow.buyers[Number(/\/b(\d+)\|/.exec(key)?.[1])]
  return (key.includes('|hour|') ? buyer?.hourly : buyer?.daily) ?? 0
}

/** What the counters hold is what stands, in every stretch of time, and no cap is exceeded. */
function check(model: SellingModel, { market: { counters } }: Real): void {
  const sums = new Map<string, number[]>()
  for (const key of counters.keys()) {
    const used = counters.usedOf(key)
    const turn = /^turn:f1\/auction\|b(\d+)$/.exec(key)
    if (turn) expect(used).toBe(model.creditOf(Number(turn[1])))
    if (turn || used === 0) continue
    expect(used).toBeLessThanOrEqual(limitOf(model, key))
    const name = key.split('|').slice(0, 3).join('|')
    sums.set(name, [...(sums.get(name) ?? []), used])
  }
  const sorted = (all: Map<string, number[]>) =>
    [...all].map(([key, used]) => [key, used.toSorted((a, b) => a - b)]).toSorted()
  expect(sorted(sums)).toEqual(sorted(model.sums()))
}

/** Something that happens to one of the leads in a state, or to the clock. */
function on(
  name: string,
  which: number,
  states: ModelLead['state'][],
  happens: (model: SellingModel, real: Real, id: string) => void,
): fc.Command<SellingModel, Real> {
  const those = (model: Pick<SellingModel, 'leads'>) =>
    [...model.leads.values()].filter(({ state }) => states.includes(state))
  return {
    check: (model) => those(model).length > 0,
    run: (model, real) => {
      const leads = those(model)
      const lead = leads[which % leads.length]
      if (!lead) return
      happens(model, real, lead.id)
      check(model, real)
    },
    toString: () => `${name} ${which}`,
  }
}

const which = fc.nat({ max: 20 })
/** The engine wants what the model wants, and the same buyers are being asked; no more of them than may have the lead. */
function agree(model: SellingModel, { market }: Real, id: string, next: Next | undefined, effect: Effect | undefined) {
  expect(effect?.kind).toBe(next?.kind)
  if (!next) return
  const { open, sold, perhaps } = model.lead(id)
  expect(openAttempts(market.runOf(id)).map(({ stepId }) => stepId)).toEqual(open.map(stepOf))
  expect(open.length + sold.length + perhaps.length).toBeLessThanOrEqual(model.flow.sellTo)
}

const submit = fc.constant<fc.Command<SellingModel, Real>>({
  check: ({ leads }) => leads.size < 25,
  run: (model, real) => {
    const id = `l${++real.submitted}`
    agree(model, real, id, model.submit(id), real.market.submit(id, { phone_1: '5125550101' }, model.now))
  },
  toString: () => 'submit',
})
const commit = which.map((at) =>
  on('commit', at, ['to-commit', 'with-buyer'], (model, real, id) => {
    const { market } = real
    const { kind } = market.effectOf(id)
    if (kind === 'reserve') return void agree(model, real, id, model.grant(id), market.commit(id, model.now))
    market.commit(id, model.now)
    model.commit(id, kind as Next['kind'])
    const { sold, began } = model.lead(id)
    const inOrder = began.filter((buyer) => sold.includes(buyer))
    if (kind === 'settle') expect(soldTo(market.runOf(id))).toEqual(inOrder.map((buyer) => `b${buyer}`))
    expect(sold.length).toBeLessThanOrEqual(model.flow.sellTo)
  }),
)
const outcomes = ['accepted', 'accepted', 'rejected', 'error', 'unknown'] as const
const paid = fc.option(fc.integer({ min: 500, max: 9_000 }), { nil: undefined })
const answer = fc.tuple(which, which, fc.constantFrom(...outcomes), paid).map(([at, of, outcome, priceCents]) =>
  on(`${outcome} at ${priceCents} from ${of}`, at, ['with-buyer'], (model, real, id) => {
    const verdict: Verdict = { outcome, ...(priceCents !== undefined && { priceCents }) }
    const from = of % model.lead(id).open.length
    const next = model.answer(id, outcome, priceCents, from)
    agree(model, real, id, next, real.market.answer(id, verdict, model.now, from))
  }),
)
const lose = which.map((at) =>
  on('lose', at, ['to-commit', 'with-buyer'], (model, real, id) =>
    agree(model, real, id, model.lose(id), real.market.lose(id, model.now)),
  ),
)
const redecide = fc.tuple(which, which).map(([at, of]) =>
  on(`redecide from ${of}`, at, ['with-buyer'], (model, real, id) => {
    const since = of % model.lead(id).open.length
    agree(model, real, id, model.redecide(id, since), real.market.redecide(id, model.now, since))
  }),
)
const resume = which.map((at) =>
  on('resume', at, ['held'], (model, real, id) =>
    agree(model, real, id, model.resume(id), real.market.resume(id, model.now, true)),
  ),
)
const pass = fc.integer({ min: 1, max: 45 }).map(
  (minutes): fc.Command<SellingModel, Real> => ({
    check: () => true,
    run: (model) => {
      model.now += minutes * 60_000
    },
    toString: () => `${minutes} minutes pass`,
  }),
)

test('caps, turns and orders are what the plain model says, whatever happens to many leads in whatever order', () => {
  const commands = fc.commands([submit, submit, commit, commit, commit, answer, answer, lose, redecide, resume, pass], {
    maxCommands: 120,
    size: '+2',
  })
  fc.assert(
    fc.property(drawnFlow, fc.constantFrom(...moments), commands, (flow, start, happens) => {
      const setup = () => ({
        model: new SellingModel(flow, start),
        real: { market: aMarket(flowOf(flow)), submitted: 0 },
      })
      fc.modelRun(setup, happens)
    }),
    { numRuns: 300 },
  )
})
