import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AFlow, aBuyer, aFlow, aRun, now } from '../fixtures'
import { advance, type Effect, type FlowDocumentInput, failedSteps, type Run, replayable, type Verdict } from '../index'

type Steps = NonNullable<FlowDocumentInput['steps']>
type Said = Verdict['outcome']
type Says = (stepId: string) => Said

let ids = 0
/** Lets a lead go on until it ends or waits; `asked` gathers who was asked. */
function goOn(made: AFlow, at: { run: Run; effects: Effect[] }, said: Says, asked: string[] = []): Run {
  const [effect] = at.effects
  if (effect?.kind !== 'attempt') return at.run
  asked.push(effect.stepId)
  const verdict: Verdict = { outcome: said(effect.stepId) }
  const event = { kind: 'answered', eventId: effect.eventId, verdict, now, nextEventId: `e${++ids}` } as const
  return goOn(made, advance(made.flow, made.source, at.run, event), said, asked)
}
const send = (made: AFlow, said: Says): Run =>
  goOn(made, advance(made.flow, made.source, aRun(made), { kind: 'start', now, nextEventId: `e${++ids}` }), said)
const replay = (made: AFlow, run: Run, said: Says, asked: string[] = []): Run => {
  const ready = replayable(run, failedSteps(made.flow, run))
  const event = { kind: 'resume', now, nextEventId: `e${++ids}` } as const
  return goOn(made, advance(made.flow, made.source, ready, event), said, asked)
}
const soldTo = ({ results }: Run) =>
  results.flatMap((result) => (result.type === 'buyer' && result.outcome === 'accepted' ? [result.stepId] : []))
const by =
  (answers: Record<string, Said>): Says =>
  (stepId) =>
    answers[stepId] ?? 'accepted'
const group = (more: object, ...buyers: object[]) =>
  ({ id: 'group', type: 'distribution', name: 'Group', buyers, ...more }) as unknown as Steps[number]
const stepIds = (made: AFlow, run: Run) => failedSteps(made.flow, run).map(({ stepId }) => stepId)

test('what failed and was not made up for by another buyer can be tried again, and nothing else', () => {
  const each = aFlow({ steps: [aBuyer('a'), aBuyer('b'), aBuyer('c')] })
  expect(stepIds(each, send(each, by({ a: 'error', b: 'rejected' })))).toEqual(['a'])
  const oneOf = aFlow({ steps: [group({}, aBuyer('a'), aBuyer('b'))] })
  expect(stepIds(oneOf, send(oneOf, by({ a: 'error' })))).toEqual([])
  expect(stepIds(oneOf, send(oneOf, by({ a: 'error', b: 'unknown' })))).toEqual([])
  expect(stepIds(oneOf, send(oneOf, by({ a: 'error', b: 'rejected' })))).toEqual(['a'])
  const all = aFlow({ steps: [group({ strategy: 'broadcast' }, aBuyer('a'), aBuyer('b'))] })
  expect(stepIds(all, send(all, by({ a: 'error' })))).toEqual(['a'])
})

test('a replay asks only what failed, passes by what was decided, and ends by all results', () => {
  const stop = { id: 'f', type: 'filter', name: 'F', stop_when: 'lead.state == "ZZ"' } as const
  const made = aFlow({ steps: [aBuyer('a', { rules: { active: true, price: 10 } }), stop, aBuyer('b')] })
  const ended = send(made, by({ a: 'error', b: 'rejected' }))
  expect(ended.outcome).toBe('failure')
  const asked: string[] = []
  const again = replay(made, ended, by({}), asked)
  expect(asked).toEqual(['a'])
  expect(again).toMatchObject({ state: 'done', outcome: 'success', revenueCents: 1000 })
  expect(again.again?.was.outcome).toBe('failure')
})

test('a replay of a step with a failover goes along its chain again', () => {
  const chain = { failover_chain: [{ buyer: 'backup' }] }
  const made = aFlow({ steps: [aBuyer('a', { failover: chain } as never), aBuyer('backup', { standby: true })] })
  const ended = send(made, by({ a: 'error', backup: 'error' }))
  const asked: string[] = []
  expect(soldTo(replay(made, ended, by({ a: 'error' }), asked))).toEqual(['backup'])
  expect(asked).toEqual(['a', 'backup'])
})

test('a flow that lost the steps has nothing to ask: the lead ends as it had', () => {
  const made = aFlow({ steps: [aBuyer('a')] })
  const ended = send(made, by({ a: 'error' }))
  const changed = aFlow({ steps: [aBuyer('z')] })
  const ready = replayable(ended, failedSteps(made.flow, ended))
  const event = { kind: 'resume', now, nextEventId: 'x' } as const
  const { run, effects } = advance(changed.flow, changed.source, ready, event)
  expect(effects).toEqual([{ kind: 'settle' }])
  expect(run).toMatchObject({ state: 'done', outcome: 'error' })
})

test('however often it is replayed, no buyer gets a lead twice, and no distribution sells to more than it may', () => {
  const outcome = fc.constantFrom<Said>('accepted', 'rejected', 'error', 'unknown')
  const rounds = fc.array(fc.record({ a: outcome, b: outcome, c: outcome, d: outcome }), { minLength: 2, maxLength: 4 })
  const strategy = fc.constantFrom('priority', 'broadcast', 'highest_price')
  fc.assert(
    fc.property(rounds, strategy, fc.integer({ min: 1, max: 3 }), ([first, ...more], kind, most) => {
      const inGroup = group({ strategy: kind, sell_to: most }, aBuyer('b'), aBuyer('c'), aBuyer('d'))
      const made = aFlow({ steps: [aBuyer('a'), inGroup] })
      let run = send(made, by(first ?? {}))
      for (const answers of more) run = replay(made, run, by(answers))
      const held = run.results.filter(
        (one) => one.type === 'buyer' && (one.outcome === 'accepted' || one.outcome === 'unknown'),
      )
      expect(new Set(held.map(({ stepId }) => stepId)).size).toBe(held.length)
      expect(held.filter(({ stepId }) => stepId !== 'a').length).toBeLessThanOrEqual(most)
      expect(run.state).toBe('done')
    }),
  )
})
