import { describe, expect, test } from 'vitest'
import { aBuyer, aFlow, aRun, begin, now, play, says, start } from '../fixtures'
import { advance, answerOf, type BuyerStep, type DestinationConfig, type Run, type StepTarget } from '../index'

const accepts = says(200, { ok: true })
const refuses = says(422, 'no')
const breaks = says(503)
const buyers = (run: Run) =>
  run.results
    .filter((result) => result.type === 'buyer')
    .map(({ stepId, outcome, reason }) => [stepId, outcome, reason])
const outcomes = (run: Run) => run.results.map(({ stepId, outcome }) => [stepId, outcome])
const filter = (id: string, stop_when: string, more: object = {}) => ({
  id,
  type: 'filter' as const,
  name: `Filter ${id}`,
  stop_when,
  ...more,
})
const target = (more: Partial<StepTarget>): StepTarget => ({ active: true, recipient: 'Premium Buyer Inc', ...more })

describe('taking a lead in', () => {
  const made = aFlow({
    fields: [
      { name: 'email', type: 'email', required: true, label: 'E-mail' },
      { name: 'state', type: 'state' },
    ],
    acceptance: { rule: "lead.state in ['CA', 'TX']", reason: 'State {{lead.state}} is not bought here' },
    settings: { acceptance: { rule: "lead.state != 'TX'", reason: '' } },
    steps: [aBuyer('a')],
  })

  test('a filter that is off lets every lead pass', () => {
    const steps = [filter('off', 'true', { active: false }), aBuyer('a')]
    expect(outcomes(play(aFlow({ steps }), {}, { a: accepts }))).toEqual([['a', 'accepted']])
  })

  test('a strict field refuses a value that is not valid, and lets a blank one pass', () => {
    const flow = aFlow({ fields: [{ name: 'email', type: 'email', strict: true }], steps: [aBuyer('a')] })
    const refused = begin(flow, { email: 'ana@' }).run
    expect(refused).toMatchObject({ outcome: 'failure', reason: 'Email is not valid', results: [] })
    for (const passes of [{ email: '' }, {}, { email: 'ana@b.com' }])
      expect(begin(flow, passes).effects).toEqual([{ kind: 'attempt', stepId: 'a', eventId: 'e1' }])
  })

  test('a required field that is blank refuses it by the field’s label', () => {
    expect(answerOf(begin(made, { state: 'CA' }).run)).toEqual({
      outcome: 'failure',
      reason: 'E-mail is required',
      priceCents: 0,
      leadId: 'lead-1',
    })
  })

  test('the criteria of the flow come first, with their reason filled in', () => {
    const { run, effects } = begin(made, { email: 'a@b.com', state: 'ny' })
    expect(run).toMatchObject({
      state: 'done',
      status: 'final',
      outcome: 'failure',
      reason: 'State NY is not bought here',
      results: [],
    })
    expect(effects).toEqual([{ kind: 'settle' }])
  })

  test('then those of the source; without a reason of their own, in words', () => {
    expect(begin(made, { email: 'a@b.com', state: 'TX' }).run.reason).toBe('State must not be TX')
    expect(begin(made, { email: 'a@b.com', state: 'CA' }).effects).toEqual([
      { kind: 'attempt', stepId: 'a', eventId: 'e1' },
    ])
  })

  test('a value of the wrong type refuses nothing', () => {
    expect(begin(made, { email: 'not an email', state: 'CA' }).run.state).toBe('open')
  })
})

describe('filters', () => {
  const made = aFlow({
    steps: [filter('adults', 'lead.age < 18', { reason: 'Must be 18, not {{lead.age}}' }), aBuyer('a')],
    price: { cost: 20 },
  })

  test('stop a lead that they match, with outcome and reason, before any buyer', () => {
    const run = play(made, { age: 17 }, {})
    expect(answerOf(run)).toMatchObject({ outcome: 'failure', reason: 'Must be 18, not 17' })
    expect(outcomes(run)).toEqual([['adults', 'stop']])
  })

  test('let others go on, and say so', () => {
    const run = play(made, {}, { a: accepts })
    expect(outcomes(run)).toEqual([
      ['adults', 'continue'],
      ['a', 'accepted'],
    ])
    expect(run.results[0]?.trace[0]?.text).toBe('Goes on, as this is not so: Age is less than 18')
  })

  test('can end as success or error', () => {
    const ending = (outcome: 'success' | 'error') => {
      const flow = aFlow({ steps: [filter('f', 'true', { outcome }), aBuyer('a')], price: { cost: 20 } })
      return answerOf(play(flow, {}, {}))
    }
    expect(ending('success')).toMatchObject({ outcome: 'success', priceCents: 2000 })
    expect(ending('error')).toMatchObject({ outcome: 'error', reason: 'Stopped by Filter f' })
  })

  test('with a broken rule stop with an error instead of letting leads through', () => {
    const run = play(aFlow({ steps: [filter('f', 'lead.age <'), aBuyer('a')] }), {}, { a: accepts })
    expect(run).toMatchObject({ outcome: 'error', reason: expect.stringContaining('can’t be used') })
  })
})

describe('buyer steps', () => {
  test('each gets the lead, in order, whatever the others said', () => {
    const made = aFlow({
      steps: [aBuyer('a', { rules: { price: 45 } }), aBuyer('b'), aBuyer('c', { rules: { price: 30 } })],
      price: { cost: 20 },
    })
    const run = play(made, {}, { a: accepts, b: refuses, c: accepts })
    expect(outcomes(run)).toEqual([
      ['a', 'accepted'],
      ['b', 'rejected'],
      ['c', 'accepted'],
    ])
    expect(run).toMatchObject({ outcome: 'success', costCents: 2000, revenueCents: 7500 })
    expect(run.results.map((result) => result.type === 'buyer' && result.eventId)).toEqual(['e1', 'e2', 'e3'])
  })

  test('that are off, waiting or paused are skipped with that reason', () => {
    const invited = aBuyer('c', { connection: { method: 'invite', shared_fields: ['email'] } })
    const made = aFlow({
      steps: [aBuyer('a', { rules: { active: false } }), aBuyer('b'), invited, aBuyer('d')],
      targets: { b: target({ blocked: 'Paused by the buyer' }), d: target({ active: false }) },
    })
    expect(buyers(play(made, {}, {}))).toEqual([
      ['a', 'skipped', 'Step is disabled'],
      ['b', 'skipped', 'Paused by the buyer'],
      ['c', 'skipped', 'Waiting for the buyer'],
      ['d', 'skipped', 'Step is disabled'],
    ])
  })

  test('whose rules a lead does not meet are skipped with the first comparison that failed', () => {
    const made = aFlow({
      steps: [aBuyer('a', { eligible_when: "has(lead.email) && lead.credit_score > 650 && lead.state == 'CA'" })],
    })
    const run = play(made, { email: 'a@b.com', credit_score: 620, state: 'NY' }, {})
    expect(buyers(run)).toEqual([['a', 'skipped', 'Credit score must be more than 650']])
    expect(run.results[0]?.trace[0]).toEqual({
      kind: 'eligible',
      passed: false,
      text: 'Not eligible: Credit score must be more than 650',
      comparisons: [
        { text: 'Email is given', passed: true, left: 'a@b.com' },
        { text: 'Credit score is more than 650', passed: false, left: 620, right: 650 },
      ],
    })
  })

  test('whose buyer requires a field that is missing are skipped, and nothing is sent', () => {
    const config: DestinationConfig = {
      endpoint: { url: 'https://x.example.com/', method: 'POST', auth: { type: 'none' }, headers: {} },
      request: { format: 'json', mappings: { mail: '{{lead.email}}', tel: '{{lead.phone_1}}' } },
      response: { success_codes: [200] },
      required_fields: ['mail', 'phone'],
    }
    const invited = aBuyer('a', { connection: { method: 'invite', shared_fields: ['email', 'phone_1'] } })
    const made = aFlow({ steps: [invited], targets: { a: target({ config, sharedFields: ['email', 'phone_1'] }) } })
    expect(buyers(play(made, { phone_1: '5127891111' }, {}))).toEqual([
      ['a', 'skipped', 'Required field missing: mail'],
    ])
    expect(buyers(play(made, { email: 'a@b.com' }, {}))).toEqual([['a', 'skipped', 'Required field missing: phone']])
    expect(buyers(play(made, { email: 'a@b.com', phone_1: '5555551234' }, { a: accepts }))).toEqual([
      ['a', 'accepted', undefined],
    ])
  })

  test('a buyer pays the price in its answer, else the step’s', () => {
    const connection: BuyerStep['connection'] = {
      method: 'manual',
      endpoint: { url: 'https://a.example.com/', method: 'POST', auth: { type: 'none' }, headers: {} },
      request: { format: 'json', mappings: { a: 1 } },
      response: { success_codes: [200], parser: { type: 'json', price_path: 'payout' } },
    }
    const made = aFlow({ steps: [aBuyer('a', { rules: { price: 45 }, connection })] })
    expect(play(made, {}, { a: says(200, { payout: 50.5 }) }).revenueCents).toBe(5050)
    expect(play(made, {}, { a: says(200, {}) }).revenueCents).toBe(4500)
  })
})

describe('how it ends', () => {
  const two = (succeed_when: 'any_accepted' | 'all_accepted' | 'always') =>
    aFlow({ steps: [aBuyer('a'), aBuyer('b')], succeed_when, price: { cost: 20 } })
  const end = (when: Parameters<typeof two>[0], a: typeof accepts, b: typeof accepts) =>
    answerOf(play(two(when), {}, { a, b }))
  const silent = { kind: 'no-answer', message: 'No answer within 30 seconds' } as const

  test.each([
    ['any_accepted', accepts, refuses, 'success'],
    ['any_accepted', refuses, breaks, 'failure'],
    ['any_accepted', breaks, breaks, 'error'],
    ['all_accepted', accepts, accepts, 'success'],
    ['all_accepted', accepts, refuses, 'failure'],
    ['all_accepted', silent, refuses, 'failure'],
    ['always', refuses, breaks, 'success'],
  ] as const)('%s: %#', (when, a, b, outcome) => {
    expect(end(when, a, b)).toMatchObject({ outcome })
    expect(end(when, a, b).status).toBeUndefined()
  })

  test('a lead that may have been taken is pending, and not paid for yet', () => {
    expect(end('any_accepted', silent, refuses)).toEqual({
      outcome: 'success',
      status: 'pending',
      priceCents: 0,
      leadId: 'lead-1',
    })
    expect(end('any_accepted', silent, accepts)).toEqual({ outcome: 'success', priceCents: 2000, leadId: 'lead-1' })
    expect(end('all_accepted', silent, accepts)).toMatchObject({ status: 'pending' })
  })

  test('the source hears the reason of the last refusal, else of the first skip', () => {
    expect(end('any_accepted', refuses, says(400)).reason).toBe('The buyer answered 400 Bad Request')
    expect(end('any_accepted', refuses, breaks).reason).toBe('The buyer answered 422 Unprocessable Content')
    const skipped = aFlow({
      steps: [aBuyer('a', { eligible_when: 'lead.homeowner' }), aBuyer('b', { rules: { active: false } })],
    })
    expect(answerOf(play(skipped, {}, {}))).toMatchObject({ outcome: 'failure', reason: 'Owns the home must be true' })
  })

  test('a flow without a buyer can only succeed always', () => {
    expect(answerOf(play(aFlow(), {}, {}))).toMatchObject({ outcome: 'failure', reason: 'No buyer step in the flow' })
    expect(answerOf(play(aFlow({ succeed_when: 'always' }), {}, {}))).toMatchObject({ outcome: 'success' })
  })

  test('a source is paid its own price, else the flow’s, and only for a success', () => {
    const made = aFlow({ steps: [aBuyer('a')], price: { cost: 20 }, settings: { price: { cost: 12.5 } } })
    expect(answerOf(play(made, {}, { a: accepts })).priceCents).toBe(1250)
    expect(answerOf(play(made, {}, { a: refuses })).priceCents).toBe(0)
  })

  test('a test lead goes the same way and is worth nothing', () => {
    const made = aFlow({ steps: [aBuyer('a', { rules: { price: 45 } })], price: { cost: 20 } })
    expect(play(made, {}, { a: accepts }, true)).toMatchObject({ outcome: 'success', costCents: 0, revenueCents: 0 })
  })
})

describe('interruptions', () => {
  const made = aFlow({ steps: [aBuyer('a'), aBuyer('b')] })
  const opened = begin(made).run

  test('an attempt that was lost is unknown, whatever happened, and the next buyer gets its turn', () => {
    const { run, effects } = advance(made.flow, made.source, opened, { kind: 'lost', now: now + 5, nextEventId: 'e2' })
    expect(run.results[0]).toMatchObject({
      stepId: 'a',
      eventId: 'e1',
      outcome: 'unknown',
      priceCents: 0,
      endedAt: now + 5,
    })
    expect(run.results[0]?.trace.at(-1)?.kind).toBe('recovery')
    expect(effects).toEqual([{ kind: 'attempt', stepId: 'b', eventId: 'e2' }])
  })

  test('a step paused between decision and sending is skipped, and its event id serves the next', () => {
    const paused = aFlow({
      steps: [aBuyer('a'), aBuyer('b')],
      targets: { a: target({ blocked: 'Paused by the buyer' }) },
    })
    const { run, effects } = advance(paused.flow, paused.source, opened, { kind: 'redecide', now: now + 1 })
    expect(buyers(run)).toEqual([['a', 'skipped', 'Paused by the buyer']])
    expect(effects).toEqual([{ kind: 'attempt', stepId: 'b', eventId: 'e1' }])
    expect(advance(made.flow, made.source, opened, { kind: 'redecide', now: now + 1 }).effects).toEqual([
      { kind: 'attempt', stepId: 'a', eventId: 'e1' },
    ])
  })

  test('a step that left the flow meanwhile is skipped', () => {
    const shorter = aFlow({ steps: [aBuyer('b')] })
    const { run, effects } = advance(shorter.flow, shorter.source, opened, { kind: 'redecide', now })
    expect(buyers(run)).toEqual([['a', 'skipped', 'Step is not in the flow any more']])
    expect(effects).toEqual([{ kind: 'attempt', stepId: 'b', eventId: 'e1' }])
  })

  test('an answer to another attempt, and anything after the end, changes nothing', () => {
    const stray = {
      kind: 'answered',
      eventId: 'other',
      verdict: { outcome: 'accepted' },
      now,
      nextEventId: 'x',
    } as const
    expect(advance(made.flow, made.source, opened, stray)).toEqual({ run: opened, effects: [] })
    expect(advance(made.flow, made.source, opened, start)).toEqual({ run: opened, effects: [] })
    const done = play(made, {}, { a: accepts, b: accepts })
    expect(advance(made.flow, made.source, done, { ...stray, eventId: 'e2' })).toEqual({ run: done, effects: [] })
    expect(advance(made.flow, made.source, done, { kind: 'lost', now, nextEventId: 'x' })).toEqual({
      run: done,
      effects: [{ kind: 'settle' }],
    })
  })

  test('deciding leaves the run it was given as it was', () => {
    const fresh = aRun(made)
    const before = JSON.stringify(fresh)
    advance(made.flow, made.source, fresh, start)
    expect(JSON.stringify(fresh)).toBe(before)
    const open = JSON.stringify(opened)
    advance(made.flow, made.source, opened, { kind: 'lost', now, nextEventId: 'e2' })
    expect(JSON.stringify(opened)).toBe(open)
  })

  test('while it is under way the source is told that the result comes later', () => {
    expect(answerOf(opened)).toEqual({ outcome: 'success', status: 'pending', priceCents: 0, leadId: 'lead-1' })
  })
})
