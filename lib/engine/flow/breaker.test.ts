import { describe, expect, test } from 'vitest'
import { aBuyer, aFlow, aRun, now } from '../fixtures'
import { advance, type Breaker, type FlowDocumentInput, moveBreaker, untouched } from '../index'

type Buyer = ReturnType<typeof aBuyer>
const minute = 60_000
const strict = { circuit_breaker: { failure_threshold: 5, time_window: '5 minutes', recovery_timeout: '30 minutes' } }
const guarded = (id: string, more: Partial<Buyer> = {}, failover: object = {}): Buyer =>
  aBuyer(id, { failover: { failure_detection: strict, ...failover }, ...more })
const settings = { threshold: 5, windowMs: 5 * minute, recoveryMs: 30 * minute, inARow: false }
const open: Breaker = Array.from({ length: 5 }).reduce<Breaker>(
  (breaker) => moveBreaker(breaker, { kind: 'failed', eventId: 'e', settings }, now),
  untouched,
)

/** A flow at a moment at which the targets of some steps have an open circuit. */
function aFlowWith(steps: unknown[], shut: Record<string, Breaker>) {
  const made = aFlow({ steps: steps as NonNullable<FlowDocumentInput['steps']> })
  const known = new Map(Object.entries(shut).map(([id, breaker]) => [`step:f1/${id}`, breaker]))
  const flow = { ...made.flow, shut: known }
  const begin = (isTest = false, at = now) =>
    advance(flow, made.source, aRun(made, {}, isTest), { kind: 'start', now: at, nextEventId: 'e1' })
  return { ...made, flow, begin }
}
const words = 'Circuit open after 5 failures, next try 14:00 New York'

describe('a buyer whose circuit is open', () => {
  test('is passed over in a distribution, and its reason says until when', () => {
    const { begin } = aFlowWith(
      [{ id: 'group', type: 'distribution', name: 'Group', buyers: [guarded('a'), guarded('b')] }],
      { a: open },
    )
    const { run, effects } = begin()
    expect(effects).toEqual([{ kind: 'attempt', stepId: 'b', eventId: 'e1' }])
    expect(run.selling?.considered).toEqual([{ stepId: 'a', name: 'Buyer a', recipient: 'Buyer a', reason: words }])
  })

  test('gives its lead to its failover chain, as if it had failed', () => {
    const chain = { failover_chain: [{ buyer: 'backup' }] }
    const { begin } = aFlowWith([guarded('a', {}, chain), aBuyer('backup', { standby: true })], { a: open })
    const { run, effects } = begin()
    expect(effects).toEqual([{ kind: 'attempt', stepId: 'backup', eventId: 'e1' }])
    expect(run.awaiting?.offer).toMatchObject({ via: 'failover', of: 'a' })
    expect(run.results).toMatchObject([{ stepId: 'a', outcome: 'skipped', reason: words }])
  })

  test('keeps a lead waiting until it may be tried, where the step waits at all', () => {
    const chain = { failover_chain: [{ action: 'queue_for_retry', retry_after: '1 hour' }] }
    for (const step of [guarded('a', {}, chain), guarded('a', { retry: { max_attempts: 3 } })]) {
      const { begin, flow, source } = aFlowWith([step], { a: open })
      const { run, effects } = begin()
      expect(effects).toEqual([
        { kind: 'hold', until: now + 30 * minute, reason: words, stepId: 'a', cause: 'breaker' },
      ])
      const later = advance({ ...flow, shut: new Map() }, source, run, {
        kind: 'resume',
        now: now + 30 * minute,
        nextEventId: 'e2',
      })
      expect(later.effects).toEqual([{ kind: 'attempt', stepId: 'a', eventId: 'e2' }])
    }
  })

  test('ends the lead with that reason, where nobody else is there and the step does not wait', () => {
    const { run } = aFlowWith([guarded('a')], { a: open }).begin()
    expect([run.state, run.outcome, run.reason]).toEqual(['done', 'failure', words])
  })

  test('is asked again when its time has come, and the trace says that this lead tries it', () => {
    const { run, effects } = aFlowWith([guarded('a')], { a: open }).begin(false, now + 30 * minute)
    expect(effects).toEqual([{ kind: 'attempt', stepId: 'a', eventId: 'e1' }])
    expect(run.awaiting?.trace.at(-1)).toEqual({
      kind: 'breaker',
      passed: true,
      text: 'Circuit open after 5 failures, the next lead tries it',
    })
  })

  test('gets test leads all the same, and leads of steps whose breaker is off', () => {
    const asked = [{ kind: 'attempt', stepId: 'a', eventId: 'e1' }]
    expect(aFlowWith([guarded('a')], { a: open }).begin(true).effects).toEqual(asked)
    const off = aBuyer('a', { failover: { failure_detection: { circuit_breaker: false } } })
    expect(aFlowWith([off], { a: open }).begin().effects).toEqual(asked)
  })

  test('is not tried on at once: the attempt ends as the failure that it was', () => {
    const chain = { failover_chain: [{ buyer: 'b', conditions: { max_attempts: 3 } }] }
    const made = aFlowWith([guarded('a', {}, chain), guarded('b', { standby: true })], {})
    const answered = (run: ReturnType<typeof made.begin>['run'], eventId: string, shut: Record<string, Breaker>) =>
      advance(
        { ...made.flow, shut: new Map(Object.entries(shut).map(([id, breaker]) => [`step:f1/${id}`, breaker])) },
        made.source,
        run,
        { kind: 'answered', eventId, verdict: { outcome: 'error', reason: 'Down' }, now, nextEventId: `${eventId}+` },
      )
    const first = answered(made.begin().run, 'e1', {})
    expect(first.effects).toEqual([{ kind: 'attempt', stepId: 'b', eventId: 'e1+' }])
    const { run } = answered(first.run, 'e1+', { b: open })
    expect(run.state).toBe('done')
    expect(run.results.map((result) => [result.stepId, result.outcome, result.reason])).toEqual([
      ['a', 'error', 'Down'],
      ['b', 'error', 'Down'],
    ])
  })

  test('that opens between two tries leaves the attempt in the log, under its own event', () => {
    const chain = { failover_chain: [{ buyer: 'b', conditions: { max_attempts: 3 } }, { buyer: 'c' }] }
    const made = aFlowWith(
      [guarded('a', {}, chain), guarded('b', { standby: true }), aBuyer('c', { standby: true })],
      {},
    )
    const failed = (run: ReturnType<typeof made.begin>['run'], eventId: string, nextEventId: string) =>
      advance(made.flow, made.source, run, {
        kind: 'answered',
        eventId,
        verdict: { outcome: 'error', reason: 'Down' },
        now,
        nextEventId,
      })
    const again = failed(failed(made.begin().run, 'e1', 'e2').run, 'e2', 'e3')
    expect(again.effects).toEqual([{ kind: 'attempt', stepId: 'b', eventId: 'e2' }])
    const shut = new Map([['step:f1/b', open]])
    const { run, effects } = advance({ ...made.flow, shut }, made.source, again.run, {
      kind: 'redecide',
      now,
      nextEventId: 'e4',
    })
    expect(effects).toEqual([{ kind: 'attempt', stepId: 'c', eventId: 'e4' }])
    expect(run.results.at(-1)).toMatchObject({ stepId: 'b', eventId: 'e2', outcome: 'error', tries: 1, reason: words })
  })
})
