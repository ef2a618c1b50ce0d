import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { aBuyer, aFlow, aRun, now } from '../fixtures'
import {
  advance,
  type Effect,
  type FlowDocumentInput,
  MemoryCounters,
  openAttempts,
  type Run,
  type RunEvent,
  type Verdict,
} from '../index'

// Many leads through many flows: a busy machine takes its time over them.
vi.setConfig({ testTimeout: 60_000 })

type Steps = NonNullable<FlowDocumentInput['steps']>
type Distribution = Extract<Steps[number], { type: 'distribution' }>

const drawnBuyer = fc.record({
  cap: fc.integer({ min: 0, max: 3 }),
  weight: fc.integer({ min: 0, max: 5 }),
  price: fc.integer({ min: 1, max: 90 }),
  rule: fc.constantFrom(undefined, 'lead.credit_score > 650', "lead.state == 'CA'", 'false'),
  goesOn: fc.boolean(),
  takesNobodyTwice: fc.boolean(),
  failsOverTo: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
  whenFull: fc.constantFrom('skip', 'queue', 'reject') as fc.Arbitrary<'skip' | 'queue' | 'reject'>,
})
const drawnFlow = fc.record({
  strategy: fc.constantFrom(
    'priority',
    'weighted',
    'round_robin',
    'highest_price',
    'rules',
    'broadcast',
  ) as fc.Arbitrary<NonNullable<Distribution['strategy']>>,
  sellTo: fc.integer({ min: 1, max: 3 }),
  parallel: fc.boolean(),
  buyers: fc.array(drawnBuyer, { minLength: 1, maxLength: 6 }),
})
type DrawnFlow = typeof drawnFlow extends fc.Arbitrary<infer T> ? T : never

const answers = fc.infiniteStream(
  fc.constantFrom<Verdict['outcome'] | 'lost'>('accepted', 'rejected', 'error', 'unknown', 'lost'),
)
const leads = fc.array(
  fc.record({
    phone_1: fc.constantFrom('5125550101', '5125550102', '5125550103'),
    credit_score: fc.constantFrom('600', '700'),
    state: fc.constantFrom('CA', 'TX'),
  }),
  { minLength: 1, maxLength: 12 },
)

function flowOf({ strategy, sellTo, parallel, buyers }: DrawnFlow) {
  const members = buyers.map(
    ({ cap, weight, price, rule, goesOn, takesNobodyTwice, failsOverTo, whenFull }, index) => ({
      ...aBuyer(`b${index}`),
      weight,
      rules: { active: true, price, accept_duplicates: !takesNobodyTwice },
      ...(rule && { eligible_when: rule }),
      ...(goesOn && { on_unknown: 'next_buyer' as const }),
      conditional_delivery: { caps: { daily: cap, when_exceeded: { action: whenFull } } },
      ...(failsOverTo !== undefined &&
        failsOverTo < buyers.length &&
        failsOverTo > index && {
          failover: { failover_chain: [{ buyer: `b${failsOverTo}` }] },
        }),
    }),
  )
  const auction = { id: 'auction', type: 'distribution', name: 'Auction', strategy, sell_to: sellTo, parallel }
  return aFlow({ steps: [{ ...auction, buyers: members }] as Steps })
}
type Made = ReturnType<typeof flowOf>

const sellTo = ({ flow }: Made) => {
  const [step] = flow.steps
  return step?.type === 'distribution' ? step.sellTo : 1
}

const clone = (run: Run): Run => JSON.parse(JSON.stringify(run)) as Run

type Said = () => Verdict['outcome'] | 'lost'

/** No buyer more has the lead, may have it or is asked for it than may have it; and the lead waits for somebody or asks. */
function expectFew(made: Made, { selling }: Run, effects: readonly Effect[]) {
  const { sold = [], perhaps = [], open = [] } = selling ?? {}
  expect(sold.length + perhaps.length + open.length).toBeLessThanOrEqual(sellTo(made))
  if (effects.length === 0) expect(open.length).toBeGreaterThan(0)
  expect(effects.length).toBeLessThan(2)
}

/** What comes next to a lead that waits for buyers: another one is asked, or whichever of them answers first. */
function nextOf(run: Run, effect: Effect | undefined, nextEventId: string, turn: number, said: Said): RunEvent {
  const waiting = openAttempts(run)
  if (effect && run.selling?.open) return { kind: 'more', now, nextEventId }
  const outcome = said()
  if (outcome === 'lost') return { kind: 'lost', now, nextEventId }
  const { eventId = '' } = waiting[(turn * 7) % waiting.length] ?? {}
  return { kind: 'answered', eventId, verdict: { outcome }, now, nextEventId }
}

/** Plays one lead; `between` is what happens to its run between two events. */
function play(made: Made, kept: MemoryCounters, lead: object, leadId: string, said: Said, between: (run: Run) => Run) {
  let run: Run = { ...aRun(made, lead as never), leadId }
  const asked: string[] = []
  let event: RunEvent = { kind: 'start', now, nextEventId: `${leadId}-0` }
  for (let turn = 1; turn < 200; turn++) {
    const advanced = advance(made.flow, made.source, between(run), event)
    run = advanced.run
    const [effect] = advanced.effects
    expectFew(made, run, advanced.effects)
    if (effect?.kind === 'reserve') {
      kept.apply(run.moves, leadId)
      const reserved = kept.reserve(effect.ask, leadId, now)
      event = { kind: 'reserved', eventId: effect.eventId, reserved, now, nextEventId: effect.eventId }
      continue
    }
    if (effect && effect.kind !== 'attempt') {
      kept.apply(run.moves, leadId)
      return { run, asked, effect }
    }
    if (effect) asked.push(effect.stepId)
    event = nextOf(run, effect, `${leadId}-${turn}`, turn, said)
  }
  throw new Error('a run did not end')
}

const took = (run: Run) =>
  run.results.filter(
    (result) => result.type === 'buyer' && (result.outcome === 'accepted' || result.outcome === 'unknown'),
  )

test('a lead is never sold to more than its distribution allows, and nobody is asked twice', () => {
  fc.assert(
    fc.property(drawnFlow, leads, answers, (drawn, submitted, stream) => {
      const made = flowOf(drawn)
      const kept = new MemoryCounters()
      for (const [index, lead] of submitted.entries()) {
        const { run, asked, effect } = play(
          made,
          kept,
          lead,
          `l${index}`,
          () => stream.next().value,
          (same) => same,
        )
        expect(['settle', 'hold']).toContain(effect?.kind)
        expect(new Set(asked).size).toBe(asked.length)
        const accepted = run.results.filter((result) => result.type === 'buyer' && result.outcome === 'accepted')
        expect(accepted.length).toBeLessThanOrEqual(drawn.sellTo)
        const asides = took(run).filter(
          ({ stepId, outcome }) => outcome === 'accepted' || !drawn.buyers[Number(stepId.slice(1))]?.goesOn,
        )
        expect(asides.length).toBeLessThanOrEqual(drawn.sellTo)
      }
    }),
    { numRuns: 100 },
  )
})

test('a cap holds what was sold and what may have been, and is never exceeded; turns even out', () => {
  fc.assert(
    fc.property(drawnFlow, leads, answers, (drawn, submitted, stream) => {
      const made = flowOf(drawn)
      const kept = new MemoryCounters()
      const holds = new Map<string, number>()
      for (const [index, lead] of submitted.entries()) {
        const { run } = play(
          made,
          kept,
          lead,
          `l${index}`,
          () => stream.next().value,
          (same) => same,
        )
        for (const { stepId } of took(run)) holds.set(stepId, (holds.get(stepId) ?? 0) + 1)
      }
      const isTurn = (key: string) => key.startsWith('turn:')
      const stepOf = (key: string) => /\/(b\d)\|/.exec(key)?.[1] ?? ''
      const caps = kept.keys().filter((key) => !isTurn(key))
      for (const key of caps) {
        const used = kept.usedOf(key)
        expect(used).toBe(holds.get(stepOf(key)) ?? 0)
        expect(used).toBeLessThanOrEqual(drawn.buyers[Number(stepOf(key).slice(1))]?.cap ?? 0)
      }
      const turns = kept
        .keys()
        .filter(isTurn)
        .reduce((sum, key) => sum + kept.usedOf(key), 0)
      expect(turns).toBe(0)
    }),
    { numRuns: 100 },
  )
})

test('everybody who might have got a lead is in its log, with what came of it or why not', () => {
  fc.assert(
    fc.property(drawnFlow, leads, answers, (drawn, submitted, stream) => {
      const made = flowOf(drawn)
      for (const [index, lead] of submitted.entries()) {
        const { run, effect } = play(
          made,
          new MemoryCounters(),
          lead,
          `l${index}`,
          () => stream.next().value,
          (same) => same,
        )
        if (effect?.kind !== 'settle') continue
        const known = new Set(
          run.results.flatMap((result) =>
            result.type === 'distribution' ? result.considered.map(({ stepId }) => stepId) : [result.stepId],
          ),
        )
        for (const at of drawn.buyers.keys()) expect(known.has(`b${at}`)).toBe(true)
      }
    }),
    { numRuns: 100 },
  )
})

test('a run that is saved and taken up again between any two events ends the same', () => {
  fc.assert(
    fc.property(
      drawnFlow,
      leads,
      fc.array(fc.constantFrom<Verdict['outcome'] | 'lost'>('accepted', 'rejected', 'error', 'unknown', 'lost'), {
        minLength: 60,
        maxLength: 60,
      }),
      (drawn, submitted, said) => {
        const made = flowOf(drawn)
        const playAll = (between: (run: Run) => Run) => {
          const kept = new MemoryCounters()
          let at = 0
          return submitted.map((lead, index) =>
            clone(play(made, kept, lead, `l${index}`, () => said[at++ % 60] ?? 'accepted', between).run),
          )
        }
        expect(playAll(clone)).toEqual(playAll((same) => same))
      },
    ),
    { numRuns: 60 },
  )
})
