import { describe, expect, test } from 'vitest'
import { aBuyer, aFlow, begin, inputOf, now } from '../fixtures'
import {
  advance,
  checkFlow,
  type Finding,
  type FlowDocumentInput,
  questionOf,
  type Run,
  renderRequest,
  type Verdict,
} from '../index'

type StepInput = NonNullable<FlowDocumentInput['steps']>[number]
type Of<Type> = Partial<Extract<StepInput, { type: Type }>>

const lookup = (more: Of<'lookup'> = {}): StepInput => ({
  id: 'phone-check',
  type: 'lookup',
  name: 'Phone check',
  endpoint: { url: 'https://check.example.com/phones' },
  request: { mappings: { phone: '{{lead.phone_1}}' } },
  response: { capture: { line: 'line_type', score: 'score' } },
  ...more,
})
const duplicates = (more: Of<'duplicate_check'> = {}): StepInput => ({
  id: 'twice',
  type: 'duplicate_check',
  name: 'Not twice',
  fields: ['email', 'phone_1'],
  ...more,
})
const suppression = (more: Of<'suppression'> = {}): StepInput => ({
  id: 'dnc',
  type: 'suppression',
  name: 'Do not call',
  list_id: 'list-1',
  fields: ['phone_1'],
  ...more,
})
const flow = (...steps: StepInput[]) => aFlow({ steps: [...steps, aBuyer('a')], succeed_when: 'always' })
type Made = ReturnType<typeof flow>

const lead = { email: 'Ana@Example.com', phone_1: '(512) 789-1111', ssn: '078-05-1120' }
const answered = (made: Made, run: Run, verdict: Verdict) =>
  advance(made.flow, made.source, run, { kind: 'answered', eventId: 'e1', verdict, now: now + 5, nextEventId: 'e2' })
const checked = (made: Made, run: Run, finding: Finding) =>
  advance(made.flow, made.source, run, { kind: 'checked', eventId: 'e1', finding, now: now + 5, nextEventId: 'e2' })
const lost = (made: Made, run: Run) =>
  advance(made.flow, made.source, run, { kind: 'lost', now: now + 5, nextEventId: 'e2' })
const problems = (steps: StepInput[]) =>
  checkFlow(inputOf({ steps })).map(({ severity, path, message }) => `${severity} ${path}: ${message}`)

describe('a look-up', () => {
  const reads = aBuyer('a', { eligible_when: 'appended.phone_check.score > 50' })
  const made = aFlow({ steps: [lookup(), reads] })

  test('leaves like an attempt, and what its answer captures is there for later steps', () => {
    const { run, effects } = begin(made, lead)
    expect(effects).toEqual([{ kind: 'attempt', stepId: 'phone-check', eventId: 'e1' }])
    expect(renderRequest(made.flow, run, { stepId: 'phone-check', eventId: 'e1', now })?.body).toBe(
      '{"phone":"5127891111"}',
    )
    const next = answered(made, run, { outcome: 'accepted', captured: { score: 80, line: 'mobile' } })
    expect(next.run.appended['phone_check']).toEqual({ outcome: 'success', score: 80, line: 'mobile' })
    expect(next.run.results[0]).toMatchObject({ type: 'lookup', outcome: 'success', eventId: 'e1' })
    expect(next.run.results[0]?.trace.map(({ text }) => text)).toEqual([
      'Phone check answered',
      'Appended line “mobile”, score “80”',
    ])
    expect(next.effects).toEqual([{ kind: 'attempt', stepId: 'a', eventId: 'e2' }])
  })

  test.each([
    [{ outcome: 'rejected', reason: 'The buyer answered 422 Unprocessable Content' } as const, 'failure'],
    [{ outcome: 'error', reason: 'The buyer answered 503 Service Unavailable' } as const, 'error'],
    [{ outcome: 'unknown', reason: 'No answer within 10 seconds' } as const, 'error'],
  ])('that fails lets the lead go on, or ends it where it is told to: %#', (verdict, outcome) => {
    const on = answered(made, begin(made, lead).run, verdict).run
    expect(on.results[0]).toMatchObject({ outcome })
    expect(on.results[0]?.reason).not.toContain('buyer')
    expect(on.results[1]).toMatchObject({ stepId: 'a', outcome: 'skipped' })
    const stopping = aFlow({ steps: [lookup({ on_failure: 'stop' }), aBuyer('a')] })
    const { run } = answered(stopping, begin(stopping, lead).run, verdict)
    expect(run).toMatchObject({ state: 'done', outcome, reason: on.results[0]?.reason })
    expect(run.results).toHaveLength(1)
  })

  test('whose process died is an error, never sent twice, and the run goes on as it is told to', () => {
    const { run, effects } = lost(made, begin(made, lead).run)
    expect(run.results[0]).toMatchObject({ outcome: 'error', reason: 'Interrupted before the answer was kept' })
    expect(run.results[0]?.trace[0]?.kind).toBe('recovery')
    expect(effects).toEqual([{ kind: 'settle' }])
    const stopping = aFlow({ steps: [lookup({ on_failure: 'stop' }), aBuyer('a')] })
    expect(lost(stopping, begin(stopping, lead).run).run).toMatchObject({ state: 'done', outcome: 'error' })
  })

  test('is made only for leads that its condition wants, and not where it is off', () => {
    const only = flow(lookup({ run_when: 'lead.phone_1.valid' }))
    const { run, effects } = begin(only, { phone_1: '1' })
    expect(run.results[0]).toMatchObject({ type: 'lookup', outcome: 'skipped' })
    expect(run.appended['phone_check']).toMatchObject({ outcome: 'skipped' })
    expect(effects).toMatchObject([{ stepId: 'a' }])
    expect(begin(flow(lookup({ active: false })), lead).run.results).toEqual([])
  })

  test('that stops after a sale leaves the sale as it is', () => {
    const after = aFlow({ steps: [aBuyer('a'), lookup({ on_failure: 'stop' })] })
    const sold = answered(after, begin(after, lead).run, { outcome: 'accepted' })
    const { run } = advance(after.flow, after.source, sold.run, {
      kind: 'answered',
      eventId: 'e2',
      verdict: { outcome: 'error', reason: 'No' },
      now,
      nextEventId: 'e3',
    })
    expect(run).toMatchObject({ state: 'done', outcome: 'success' })
  })
})

describe('a duplicate check', () => {
  const made = flow(duplicates())
  const found: Finding = { kind: 'found', fields: ['email'], leadId: 'lead-0', at: now - 1000 }

  test('asks for earlier leads by normal values, of the person and not of the field', () => {
    const { run, effects } = begin(made, lead)
    expect(effects).toEqual([{ kind: 'check', stepId: 'twice', eventId: 'e1' }])
    expect(questionOf(made.flow, run)).toEqual({
      kind: 'duplicate',
      keys: [
        { field: 'email', label: 'Email', key: 'email', value: 'ana@example.com' },
        { field: 'phone_1', label: 'Phone 1', key: 'phone', value: '15127891111' },
      ],
      match: 'any',
      scope: 'flow',
      against: 'received',
      windowMs: 30 * 86_400_000,
    })
    const other = flow(duplicates({ fields: ['tags'] }))
    expect(questionOf(other.flow, begin(other, { tags: '  Blue   SKY ' }).run)).toMatchObject({
      keys: [{ key: 'field:tags', value: 'blue sky' }],
    })
  })

  test('ends a lead that came before, in words', () => {
    const { run } = checked(made, begin(made, lead).run, found)
    expect(run).toMatchObject({ state: 'done', outcome: 'failure', reason: 'Duplicate' })
    expect(run.results[0]?.trace[0]?.text).toBe('Came before with the same Email: lead lead-0')
  })

  test('lets others go on, and says what it looked for', () => {
    const { run, effects } = checked(made, begin(made, lead).run, { kind: 'none' })
    expect(run.results[0]?.trace[0]?.text).toBe(
      'No earlier lead of this flow has the same Email or Phone 1 in the last 30 days',
    )
    expect(effects).toMatchObject([{ stepId: 'a', eventId: 'e2' }])
  })

  test('marks where it is told to, for later rules', () => {
    const marking = aFlow({
      steps: [duplicates({ on_match: 'mark' }), aBuyer('a', { eligible_when: '!appended.twice.found' })],
      succeed_when: 'always',
    })
    const { run } = checked(marking, begin(marking, lead).run, found)
    expect(run.appended['twice']).toEqual({ found: true, lead_id: 'lead-0', at: '2026-01-14T18:29:59.000Z' })
    expect(run.results[1]).toMatchObject({ stepId: 'a', outcome: 'skipped' })
  })

  test('never takes a blank or unreadable value for the same', () => {
    const { run, effects } = begin(made, { email: '', phone_1: '1' })
    expect(effects).toMatchObject([{ stepId: 'a', eventId: 'e1' }])
    expect(run.results[0]?.trace[0]?.text).toBe('Not compared: Email and Phone 1 are blank or not valid')
    const all = flow(duplicates({ match: 'all' }))
    expect(begin(all, { email: 'a@b.com' }).effects).toMatchObject([{ stepId: 'a' }])
  })

  test('lets a test lead go on, and says what would become of a real one', () => {
    const { run } = checked(made, begin(made, lead, true).run, found)
    expect(run.results[0]).toMatchObject({ outcome: 'continue' })
    expect(run.results[0]?.trace.at(-1)?.text).toBe('A test lead goes on; a real one would stop here')
  })

  test('is asked again after a crash, with the same event id', () => {
    expect(lost(made, begin(made, lead).run).effects).toEqual([{ kind: 'check', stepId: 'twice', eventId: 'e1' }])
  })
})

describe('a suppression step', () => {
  const made = flow(suppression())

  test('asks for the normal value, and keeps it out of its words', () => {
    const { run, effects } = begin(made, lead)
    expect(effects).toEqual([{ kind: 'check', stepId: 'dnc', eventId: 'e1' }])
    expect(questionOf(made.flow, run)).toEqual({
      kind: 'suppression',
      listId: 'list-1',
      values: [{ field: 'phone_1', label: 'Phone 1', value: '5127891111' }],
    })
    const stopped = checked(made, run, { kind: 'found', fields: ['phone_1'] }).run
    expect(stopped).toMatchObject({ outcome: 'failure', reason: 'Suppressed' })
    expect(JSON.stringify(stopped.results)).not.toContain('5127891111')
    expect(stopped.results[0]?.trace[0]?.text).toBe('Phone 1 stands on the list')
  })

  test('whose list is gone lets nobody through', () => {
    const { run } = checked(made, begin(made, lead).run, { kind: 'missing', reason: 'The list is gone' })
    expect(run).toMatchObject({ state: 'done', outcome: 'error', reason: 'The list is gone' })
  })

  test('marks with the field that was found', () => {
    const marking = flow(suppression({ on_match: 'mark' }))
    const { run } = checked(marking, begin(marking, lead).run, { kind: 'found', fields: ['phone_1'] })
    expect(run.appended['dnc']).toEqual({ found: true, field: 'phone_1' })
  })
})

test('an answer of the wrong kind changes nothing', () => {
  const made = flow(duplicates())
  const opened = begin(made, lead).run
  const sent = flow(lookup())
  const asked = begin(sent, lead).run
  expect(checked(sent, asked, { kind: 'none' })).toEqual({ run: asked, effects: [] })
  expect(answered(made, opened, { outcome: 'accepted' })).toEqual({ run: opened, effects: [] })
})

describe('when saved', () => {
  test('what can never work is told with its place', () => {
    expect(problems([duplicates({ fields: ['nope', 'ssn', 'phone_1.area'] }), aBuyer('a')])).toEqual(
      expect.arrayContaining([
        'error steps.0.fields.0: There is no field “nope” in this flow.',
        expect.stringMatching(/^error steps\.0\.fields\.1: .*kept sealed, so leads can’t be compared by it\.$/),
        'error steps.0.fields.2: lead.phone_1.area can’t be compared; choose a field of the lead.',
      ]),
    )
    expect(problems([suppression({ list_id: '' }), aBuyer('a')])).toContain('error steps.0.list_id: Choose a list.')
    expect(problems([lookup({ response: {}, run_when: 'false' }), aBuyer('a')])).toEqual(
      expect.arrayContaining([
        'warning steps.0.run_when: This is so for no lead, so the step never runs.',
        'warning steps.0.response.capture: Nothing of the answer is captured: later steps see only whether it came.',
      ]),
    )
    const all: StepInput = { id: 'f', type: 'filter', name: 'F', stop_when: 'true' }
    expect(problems([all, aBuyer('a')])).toContain(
      'warning steps.0.stop_when: Every lead stops here, so the steps below never run.',
    )
  })

  test('a list of another account, or of none, is no list', () => {
    const list = { id: 'list-1', name: 'Do not call', type: 'phone', has: () => false } as const
    const input = {
      ...inputOf({ steps: [suppression(), aBuyer('a')] }),
      resources: { lists: new Map([['list-1', list]]) },
    }
    expect(checkFlow(input).filter(({ path }) => path.endsWith('list_id'))).toEqual([])
    expect(checkFlow({ ...input, resources: { lists: new Map() } })).toContainEqual(
      expect.objectContaining({ path: 'steps.0.list_id', message: 'There is no such list in this account.' }),
    )
  })
})
