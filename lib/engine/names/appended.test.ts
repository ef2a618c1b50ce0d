import { describe, expect, test } from 'vitest'
import { aBuyer, aFlow, begin, inputOf, now, play, says } from '../fixtures'
import { advance, checkFlow, checkSourceSettings, renderRequest, SourceSettings, variables } from '../index'

const endpoint = { url: 'https://first.example.com/leads' }
const scoring = aBuyer('first-look', {
  connection: {
    method: 'manual',
    endpoint,
    request: { mappings: { email: '{{lead.email}}' } },
    response: {
      parser: { success_path: 'ok', id_path: 'id', price_path: 'pays' },
      capture: { score: 'data.score', tags: 'data.tags.*' },
    },
  },
})
const second = (mapping: string, more: Parameters<typeof aBuyer>[1] = {}) =>
  aBuyer('second', {
    connection: { method: 'manual', endpoint, request: { mappings: { seen: mapping } } },
    ...more,
  })
const steps = (mapping: string, eligible_when?: string) => [
  scoring,
  second(mapping, eligible_when === undefined ? {} : { eligible_when }),
]
const problemsOf = (all: NonNullable<Parameters<typeof inputOf>[0]['steps']>) =>
  checkFlow(inputOf({ steps: all, feedback: { return: { allowed: false }, conversion: { allowed: false } } }))
const lead = { email: 'a@example.com' }

describe('what a step appends', () => {
  test('is there for the rules and mappings of later steps', () => {
    const made = aFlow({
      steps: steps(
        '{{appended.first_look.id}}',
        'appended.first_look.outcome == "accepted" && appended.first_look.price > 40',
      ),
    })
    const first = begin(made, lead)
    const { run, effects } = advance(made.flow, made.source, first.run, {
      kind: 'answered',
      eventId: 'e1',
      verdict: { outcome: 'accepted', buyerLeadId: 'B-7', priceCents: 4550 },
      now,
      nextEventId: 'e2',
    })
    expect(run.appended).toEqual({ first_look: { outcome: 'accepted', price: 45.5, id: 'B-7' } })
    expect(effects).toEqual([{ kind: 'attempt', stepId: 'second', eventId: 'e2' }])
    expect(renderRequest(made.flow, run, { stepId: 'second', eventId: 'e2', now })?.body).toBe('{"seen":"B-7"}')
    expect(first.run.appended).toEqual({})
  })

  test('says why it was refused, and no price then', () => {
    const made = aFlow({ steps: steps('x', 'appended.first_look.reason == "No money"') })
    const run = play(made, lead, { 'first-look': says(200, { ok: false }), second: says(200) })
    expect(run.results[1]).toMatchObject({ outcome: 'skipped' })
    expect(run.appended['first_look']).toEqual({ outcome: 'rejected', reason: '“ok” is “false”.' })
  })

  test('can be missing from a run that was saved before steps appended anything', () => {
    const made = aFlow({ steps: steps('{{appended.first_look.id}}', 'blank(appended.first_look.id)') })
    const { appended: _, ...old } = begin(made, lead).run
    const { effects } = advance(made.flow, made.source, old as typeof old & { appended: never }, {
      kind: 'answered',
      eventId: 'e1',
      verdict: { outcome: 'rejected' },
      now,
      nextEventId: 'e2',
    })
    expect(effects[0]).toMatchObject({ stepId: 'second' })
  })
})

describe('a reference to it', () => {
  test.each([
    ['{{appended.first_look.scroe}}', 'appends no “scroe”; it has outcome, reason, price, id, score, tags'],
    [
      '{{appended.firstlook.score}}',
      'There is no step “firstlook” that appends values. Earlier steps that do: first_look.',
    ],
    ['{{appended.second.outcome}}', '“Buyer second” comes later'],
    ['{{appended.first_look.score.deeper}}', 'appends no “score.deeper”'],
  ])('%s is refused when saved', (mapping, words) => {
    expect(problemsOf(steps(mapping))).toEqual([
      {
        severity: 'error',
        path: 'steps.1.connection.request.mappings.seen',
        message: expect.stringContaining(words),
        stepId: 'second',
      },
    ])
  })

  test('is fine to an earlier step, and in a rule of rows too', () => {
    expect(problemsOf(steps('{{appended.first_look.score}}', 'appended.first_look.tags == "a"'))).toEqual([])
    const row = { all: [{ field: 'appended.first_look.score', op: 'at_least' as const, value: 5 }] }
    expect(problemsOf([scoring, second('x', { eligible_when: row })])).toEqual([])
  })

  test('is refused in the acceptance criteria, before any step', () => {
    const problems = checkFlow(inputOf({ steps: [scoring], acceptance: { rule: 'appended.first_look.score > 1' } }))
    expect(problems.map(({ path, message }) => `${path}: ${message}`)).toContainEqual(
      expect.stringMatching(/^acceptance\.rule: .*comes later/),
    )
  })

  test('may be an answer field of a source', () => {
    const { document } = inputOf({ steps: [scoring] })
    const of = (field: string) => checkSourceSettings(document, SourceSettings.parse({ response_fields: [field] }))
    expect(of('appended.first_look.score')).toEqual([])
    expect(of('appended.first_look.nothing')).toMatchObject([{ severity: 'error', path: 'response_fields.0' }])
  })
})

test('an invited buyer reads nothing that other buyers answered, and its own captures stay its own', () => {
  const invited = aBuyer('guest', { connection: { method: 'invite', shared_fields: ['email'] } })
  const rule = second('{{appended.guest.id}}')
  expect(problemsOf([invited, rule]).filter(({ severity }) => severity === 'error')).toEqual([])
  expect(problemsOf([invited, second('{{appended.guest.score}}')])).toContainEqual(
    expect.objectContaining({
      severity: 'error',
      message: expect.stringContaining('it has outcome, reason, price, id'),
    }),
  )
})

test('pickers offer it with the step that it comes from', () => {
  const offered = variables(inputOf({ steps: steps('x') }).document).filter(({ stepId }) => stepId !== undefined)
  expect(offered).toContainEqual({
    path: 'appended.first_look.score',
    type: 'string',
    label: 'Buyer first-look: score',
    group: 'Earlier steps',
    stepId: 'first-look',
  })
})

test('two steps that rules cannot tell apart are pointed out', () => {
  const problems = problemsOf([aBuyer('a-b'), aBuyer('a_b')]).filter(({ path }) => path.endsWith('.id'))
  expect(problems).toMatchObject([
    { severity: 'warning', stepId: 'a-b' },
    { severity: 'warning', stepId: 'a_b' },
  ])
})
