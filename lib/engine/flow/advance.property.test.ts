import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aBuyer, aFlow, aRun, now } from '../fixtures'
import {
  advance,
  type Finding,
  type FlowDocumentInput,
  type Nested,
  questionOf,
  type Run,
  type RunEvent,
  renderRequest,
  type Verdict,
} from '../index'

type Steps = NonNullable<FlowDocumentInput['steps']>

const rules = fc.constantFrom(
  "lead.state in ['CA', 'TX']",
  'lead.credit_score > 650',
  'lead.homeowner',
  '!has(lead.email)',
  'lead.phone_1.valid || lead.age < 30',
  "lead.tags.matches('^a')",
  'random > 50',
  "now.weekday == 'Wed'",
  'true',
  'false',
)
const settings = { credit_score: '{{lead.age}}', state: 'TX', tags: '{{lead.state}} {{lead.email}}' }
const aLookup = (id: string, stops: boolean, rule: string | null) => ({
  id,
  type: 'lookup' as const,
  name: id,
  endpoint: { url: 'https://check.example.com' },
  request: { mappings: { email: '{{lead.email}}' } },
  on_failure: stops ? ('stop' as const) : ('continue' as const),
  ...(rule !== null && { run_when: rule }),
})
function aCheck(type: 'duplicate_check' | 'suppression', id: string, stops: boolean) {
  const on_match = stops ? ('stop' as const) : ('mark' as const)
  const common = { id, name: id, fields: ['email', 'state'], on_match }
  return type === 'suppression' ? { ...common, type, list_id: 'l' } : { ...common, type }
}
const aStep = fc.record({
  kind: fc.constantFrom('buyer', 'buyer', 'buyer', 'filter', 'mapping', 'lookup', 'duplicate_check', 'suppression'),
  rule: fc.option(rules),
  active: fc.boolean(),
  price: fc.integer({ min: 0, max: 100 }),
})
const steps: fc.Arbitrary<Steps> = fc.array(aStep, { maxLength: 8 }).map((drawn) =>
  drawn.map(({ kind, rule, active, price }, index) => {
    const id = `s${index}`
    if (kind === 'filter') return { id, type: 'filter' as const, name: id, stop_when: rule ?? 'false' }
    if (kind === 'mapping')
      return { id, type: 'mapping' as const, name: id, set: settings, ...(rule && { when: rule }) }
    if (kind === 'lookup') return aLookup(id, active, rule)
    if (kind === 'duplicate_check' || kind === 'suppression') return aCheck(kind, id, active)
    return aBuyer(id, { rules: { active, price }, ...(rule !== null && { eligible_when: rule }) })
  }),
)
const value = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('CA', 'yes', '700', 'a@b.com'),
)
const nested = fc.dictionary(
  fc.oneof(
    fc.constantFrom(
      'state',
      'credit_score',
      'homeowner',
      'email',
      'phone_1',
      'age',
      'tags',
      '__proto__',
      'constructor',
    ),
    fc.string(),
  ),
  fc.oneof(value, fc.array(value), fc.dictionary(fc.string(), value)),
) as fc.Arbitrary<Nested>
const verdicts = fc.infiniteStream(
  fc.record({
    outcome: fc.constantFrom<Verdict['outcome'][]>('accepted', 'rejected', 'error', 'unknown'),
    isLost: fc.boolean(),
    redecides: fc.boolean(),
    priceCents: fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: undefined }),
  }),
)
const flows = fc.record({
  steps,
  submitted: nested,
  isTest: fc.boolean(),
  verdicts,
  succeed_when: fc.constantFrom<('any_accepted' | 'all_accepted' | 'always')[]>(
    'any_accepted',
    'all_accepted',
    'always',
  ),
})
type Drawn = typeof flows extends fc.Arbitrary<infer T> ? T : never
type Answered = { outcome: Verdict['outcome']; isLost: boolean; redecides: boolean; priceCents: number | undefined }

const clone = (run: Run): Run => JSON.parse(JSON.stringify(run)) as Run

/** Plays a run to its end; `between` is what happens to it between two events. */
function playThrough(drawn: Drawn, answers: Answered[], between: (run: Run) => Run) {
  const made = aFlow({ steps: drawn.steps, succeed_when: drawn.succeed_when })
  const opened: string[] = []
  let step = 0
  let event: RunEvent = { kind: 'start', now, nextEventId: 'e0' }
  let run = aRun(made, drawn.submitted, drawn.isTest)
  for (;;) {
    const advanced = advance(made.flow, made.source, between(run), event)
    run = advanced.run
    expect(advanced.effects).toHaveLength(1)
    const [effect] = advanced.effects
    if (effect?.kind !== 'attempt' && effect?.kind !== 'check') return { made, run, opened }
    expect(run.awaiting).toMatchObject({ stepId: effect.stepId, eventId: effect.eventId })
    if (effect.kind === 'check') expect(questionOf(made.flow, run)).toBeDefined()
    else expect(() => JSON.parse(renderRequest(made.flow, run, { ...effect, now })?.body ?? '')).not.toThrow()
    const next = answers[step] ?? { outcome: 'accepted', isLost: false, redecides: false, priceCents: undefined }
    if (next.redecides) {
      const again = advance(made.flow, made.source, between(run), { kind: 'redecide', now })
      expect(again.effects).toEqual(advanced.effects)
      run = again.run
    }
    // A question that was lost is asked again.
    if (effect.kind !== 'check' || !next.isLost) opened.push(effect.stepId)
    step++
    const verdict: Verdict = {
      outcome: next.outcome,
      ...(next.priceCents !== undefined && { priceCents: next.priceCents }),
    }
    event = eventAfter(effect, next, verdict, step)
  }
}
type Asked = { kind: 'attempt' | 'check'; eventId: string }
function eventAfter({ kind, eventId }: Asked, next: Answered, verdict: Verdict, step: number): RunEvent {
  const common = { now: now + step, nextEventId: `e${step}` }
  if (next.isLost) return { kind: 'lost', ...common }
  if (kind === 'attempt') return { kind: 'answered', eventId, verdict, ...common }
  const isFound = next.outcome === 'rejected'
  const finding: Finding = isFound ? { kind: 'found', fields: ['email'], leadId: 'l0', at: now } : { kind: 'none' }
  return { kind: 'checked', eventId, finding, ...common }
}
const taken = (drawn: Drawn): Answered[] => [...drawn.verdicts.take(10)]

test('no lead makes a run throw; it ends, with one result for each step in the order of the flow, and one attempt at a time', () => {
  fc.assert(
    fc.property(flows, (drawn) => {
      const { run, opened } = playThrough(drawn, taken(drawn), (same) => same)
      expect(run.state).toBe('done')
      expect(run.awaiting).toBeUndefined()
      const ids = run.results.map(({ stepId }) => stepId)
      expect(ids).toEqual(drawn.steps.slice(0, ids.length).map(({ id }) => id))
      const last = run.results.at(-1)
      const stopped = last?.outcome === 'stop' || (last?.type === 'lookup' && last.outcome !== 'success')
      expect(stopped || ids.length === drawn.steps.length).toBe(true)
      const attempted = run.results.filter((result) => 'eventId' in result && result.outcome !== 'skipped')
      expect(attempted.map(({ stepId }) => stepId)).toEqual(opened)
      const eventIds = attempted.map((result) => 'eventId' in result && result.eventId)
      expect(new Set(eventIds).size).toBe(eventIds.length)
    }),
    { numRuns: 300 },
  )
})

test('a run that is saved and taken up again between any two events ends the same', () => {
  fc.assert(
    fc.property(flows, (drawn) => {
      const answers = taken(drawn)
      const kept = playThrough(drawn, answers, (same) => same).run
      const reloaded = playThrough(drawn, answers, clone).run
      expect(clone(reloaded)).toEqual(clone(kept))
    }),
    { numRuns: 200 },
  )
})

test('only what was accepted is charged, and a lead is a success of any_accepted only when a buyer took it or may have', () => {
  fc.assert(
    fc.property(flows, (drawn) => {
      const { run } = playThrough({ ...drawn, succeed_when: 'any_accepted' }, taken(drawn), (same) => same)
      const priced = run.results.filter((result) => result.type === 'buyer' && result.priceCents > 0)
      expect(priced.every(({ outcome }) => outcome === 'accepted')).toBe(true)
      if (run.results.at(-1)?.outcome === 'stop') return
      const some = (outcome: string) => run.results.some((result) => result.outcome === outcome)
      expect(run.outcome === 'success').toBe(some('accepted') || some('unknown'))
      expect(run.status === 'pending').toBe(!some('accepted') && some('unknown'))
    }),
    { numRuns: 200 },
  )
})
