import { describe, expect, test } from 'vitest'
import { aBuyer, aFlow, begin, inputOf, now, play, says } from '../fixtures'
import { advance, answerOf, checkFlow, type FlowDocumentInput, type Run, renderRequest } from '../index'

type StepInput = NonNullable<FlowDocumentInput['steps']>[number]
type MappingInput = Extract<StepInput, { type: 'mapping' }>
const mapping = (set: MappingInput['set'], more: Partial<MappingInput> = {}): MappingInput => ({
  id: 'tidy',
  type: 'mapping',
  name: 'Tidy up',
  set,
  ...more,
})
const texts = (run: Run, stepId: string) =>
  run.results.find((result) => result.stepId === stepId)?.trace.map(({ text }) => text)
const problems = (steps: StepInput[]) =>
  checkFlow(inputOf({ steps })).map(({ severity, path, message }) => `${severity} ${path}: ${message}`)

describe('mapping steps', () => {
  const made = aFlow({
    steps: [
      mapping({
        zip: '{{lead.postal_code | slice: 0, 5}}',
        state: 'calif',
        tags: '{{lead.state}} {{lead.first_name}}',
      }),
      aBuyer('a', { eligible_when: "lead.state == 'CA'" }),
    ],
  })

  test('set fields by name or alias, typed, each seeing what came before it', () => {
    const run = play(made, { postal_code: '78704-1234', first_name: 'Ana' }, { a: says(200) })
    expect(run.results.map(({ type, outcome }) => [type, outcome])).toEqual([
      ['mapping', 'success'],
      ['buyer', 'accepted'],
    ])
    expect(run.lead['postal_code']).toMatchObject({ type: 'postal_code', normal: '78704', valid: true })
    expect(run.lead['state']).toMatchObject({ type: 'state', normal: 'CA' })
    expect(run.lead['tags']?.normal).toBe('CA Ana')
    expect(run.changed).toEqual(['postal_code', 'state', 'tags'])
  })

  test('say what they changed, and what it was', () => {
    const { run } = begin(made, { postal_code: '78704-1234', state: 'TX' })
    expect(texts(run, 'tidy')).toEqual([
      'Set Postal code to “78704” (was “78704-1234”)',
      'Set State to “CA” (was “TX”)',
      'Set Tags to “CA”',
    ])
  })

  test('leave a field alone when its template comes to nothing, and clear it when told so', () => {
    const flow = aFlow({ steps: [mapping({ state: '{{lead.tags}}', first_name: '' })], succeed_when: 'always' })
    const run = play(flow, { state: 'TX', first_name: 'Ana' }, {})
    expect(run.lead['state']?.normal).toBe('TX')
    expect(run.lead['first_name']?.normal).toBe('')
    expect(texts(run, 'tidy')).toEqual(['Emptied First name (was “Ana”)'])
  })

  test('change only the leads that meet their condition, and say why not the others', () => {
    const flow = aFlow({
      steps: [mapping({ tags: 'west' }, { when: "lead.state in ['CA', 'OR']" })],
      succeed_when: 'always',
    })
    expect(play(flow, { state: 'OR' }, {}).lead['tags']?.normal).toBe('west')
    const run = play(flow, { state: 'TX' }, {})
    expect(run.lead['tags']).toBeUndefined()
    expect(run.results[0]).toMatchObject({ outcome: 'skipped', reason: 'State must be one of CA, OR' })
  })

  test('leave the run that they were given as it was', () => {
    const flow = aFlow({ steps: [aBuyer('a'), mapping({ state: 'CA' }), aBuyer('b')] })
    const opened = begin(flow, { state: 'TX' }).run
    const before = JSON.stringify(opened)
    const verdict = { outcome: 'rejected' } as const
    const next = advance(flow.flow, flow.source, opened, {
      kind: 'answered',
      eventId: 'e1',
      verdict,
      now,
      nextEventId: 'e2',
    })
    expect(next.run.lead['state']?.normal).toBe('CA')
    expect(JSON.stringify(opened)).toBe(before)
    expect(renderRequest(flow.flow, next.run, { stepId: 'b', eventId: 'e2', now })).toBeDefined()
  })

  test('neither set nor copy what is kept sealed', () => {
    const flow = aFlow({ steps: [mapping({ ssn: '1', tags: '{{lead.ssn}}' })], succeed_when: 'always' })
    const run = play(flow, { ssn: '078-05-1120' }, {})
    expect(run.lead['tags']).toBeUndefined()
    expect(JSON.stringify(run.results)).not.toContain('1120')
    expect(run.results[0]?.outcome).toBe('skipped')
  })

  test('are checked when saved', () => {
    expect(
      problems([mapping({ nope: '1', ssn: '2', 'phone_1.area': '3', tags: '{{lead.ssn}}' }), aBuyer('a')]),
    ).toEqual(
      expect.arrayContaining([
        'error steps.0.set.nope: There is no field “nope” in this flow.',
        expect.stringMatching(/^error steps\.0\.set\.ssn: .* is kept sealed, so a step can’t set it\.$/),
        'error steps.0.set.phone_1.area: lead.phone_1.area can’t be set; set a field of the lead.',
        expect.stringMatching(/^error steps\.0\.set\.tags: .* can’t be written into another field\.$/),
      ]),
    )
    expect(problems([mapping({}), aBuyer('a')]).join()).toContain('warning steps.0.set: Nothing is set')
    expect(problems([mapping({ zip: '1', postal_code: '2' }), aBuyer('a')]).join()).toContain('is set above already')
  })
})

describe('a filter that ends a lead as an earlier step did', () => {
  const made = aFlow({
    steps: [
      aBuyer('a'),
      { id: 'f', type: 'filter', name: 'One try', stop_when: 'true', outcome: 'error', outcome_of: 'a' },
    ],
  })
  test.each([
    ['accepted', says(200), { outcome: 'success' }],
    ['rejected', says(422), { outcome: 'failure', reason: 'The buyer answered 422 Unprocessable Content' }],
    ['error', says(503), { outcome: 'error', reason: 'The buyer answered 503 Service Unavailable' }],
    ['unknown', { kind: 'no-answer', message: 'No answer' } as const, { outcome: 'success', status: 'pending' }],
  ])('%s', (_, answer, expected) => {
    expect(answerOf(play(made, {}, { a: answer }))).toMatchObject(expected)
  })

  test('can name only a step that comes before it and says an outcome', () => {
    const filter = (outcome_of: string): StepInput => ({
      id: 'f',
      type: 'filter',
      name: 'F',
      stop_when: 'lead.state == "TX"',
      outcome_of,
    })
    expect(problems([filter('a'), aBuyer('a')])).toContain(
      'error steps.0.outcome_of: “Buyer a” comes later, so its outcome is not known here.',
    )
    expect(problems([aBuyer('a'), filter('b')])).toContain('error steps.1.outcome_of: There is no step “b”.')
    expect(problems([mapping({ tags: '1' }), filter('tidy'), aBuyer('a')])).toContain(
      'error steps.1.outcome_of: “Tidy up” has no outcome that a lead could end with.',
    )
  })
})
