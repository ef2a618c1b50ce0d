import { describe, expect, test } from 'vitest'
import { aBuyer, aFlow, aRun } from '../fixtures'
import { type FlowDocumentInput, MemoryCounters, simulate, tellRun, type Verdict, whyOf } from '../index'

type Steps = NonNullable<FlowDocumentInput['steps']>
type Buyer = ReturnType<typeof aBuyer>
type Said = Record<string, Verdict['outcome']>

const group = (more: object, ...buyers: object[]) => ({
  id: 'auction',
  type: 'distribution',
  name: 'Auction',
  buyers,
  ...more,
})
const closed: NonNullable<Buyer['conditional_delivery']>['time_restrictions'] = {
  timezone: 'UTC',
  hours: { start: '20:00', end: '21:00' },
}
const capped = (daily: number, more: object = {}) => ({
  conditional_delivery: { caps: { daily, timezone: 'UTC', ...more } },
})

/** What a seller reads of a lead's buyers; `before` leads have filled the caps. */
function why(steps: object[], { said = {} as Said, lead = {}, before = 0 } = {}) {
  const made = aFlow({ steps: steps as Steps })
  const counters = new MemoryCounters()
  const send = (number: number) =>
    simulate(
      made.flow,
      made.source,
      { ...aRun(made, lead), leadId: `lead-${number}` },
      (stepId) => ({ outcome: said[stepId] ?? 'accepted' }),
      counters,
    )
  for (let number = 0; number < before; number++) send(number)
  const run = send(before)
  return whyOf({ document: made.flow.document, told: tellRun(run, made.flow), rest: 'Not reached' })
}
const lines = (rows: ReturnType<typeof why>) => rows.map(({ name, outcome, reason }) => [name, outcome, reason])

describe('every buyer of a distribution is told, in the order in which it was met', () => {
  test('who got it, who refused, who was full, and who was not needed any more', () => {
    const rows = why(
      [
        group(
          {},
          aBuyer('off', { rules: { active: false } }),
          aBuyer('full', capped(1)),
          aBuyer('no'),
          aBuyer('yes', { rules: { active: true, price: 30 } }),
          aBuyer('rest'),
          aBuyer('backup', { standby: true }),
        ),
      ],
      { before: 1, said: { no: 'rejected', full: 'accepted' } },
    )
    expect(lines(rows)).toEqual([
      ['Buyer off', 'skipped', 'Step is disabled'],
      ['Buyer full', 'skipped', 'Cap 1 of 1 a day, resets Thu 00:00 UTC'],
      ['Buyer no', 'rejected', undefined],
      ['Buyer yes', 'accepted', undefined],
      ['Buyer rest', 'skipped', 'Not needed: sold to Buyer yes'],
      ['Buyer backup', 'skipped', 'Standby: asked only as a backup'],
    ])
    expect(rows[3]).toMatchObject({ place: 'Priority 4', priceCents: 3000, within: { name: 'Auction' } })
  })

  test('with the values that a rule saw', () => {
    const [first] = why([group({}, aBuyer('a', { eligible_when: 'lead.credit_score > 650' }))], {
      lead: { credit_score: '610' },
    })
    expect(first).toMatchObject({ outcome: 'skipped', reason: 'Credit score must be more than 650' })
    expect(first?.trace[0]?.comparisons).toMatchObject([{ passed: false, left: 610 }])
  })

  test('as a duplicate, with how far back it counts', () => {
    const [first] = why([group({}, aBuyer('a', { rules: { active: true, accept_duplicates: false } }))], {
      before: 1,
      lead: { email: 'ana@example.com' },
    })
    expect(first?.reason).toBe('Duplicate')
    expect(first?.trace[0]?.text).toBe('Duplicate: had this email or phone in the last 30 days')
  })

  test('and who ended the step for the others', () => {
    const rows = why([group({}, aBuyer('a', capped(1, { when_exceeded: { action: 'reject' } })), aBuyer('b'))], {
      before: 1,
    })
    expect(lines(rows)[1]).toEqual(['Buyer b', 'skipped', 'Not reached: Buyer a ended the step'])
  })
})

describe('why a buyer comes when it comes', () => {
  const two = (strategy: string, a: object = {}, b: object = {}, more: object = {}) =>
    why([group({ strategy, ...more }, { ...aBuyer('a'), ...a }, { ...aBuyer('b'), ...b })], { lead: { state: 'CA' } })
  const places = (rows: ReturnType<typeof why>) => rows.map(({ stepId, place }) => [stepId, place])

  test('is its turn', () => {
    expect(places(two('round_robin'))).toEqual([
      ['a', 'Its turn'],
      ['b', 'In turn'],
    ])
    expect(places(two('weighted', { weight: 30 }, { weight: 70 }))).toEqual([
      ['b', 'Its turn, weight 70'],
      ['a', 'Weight 30'],
    ])
  })

  test('is its price', () => {
    const rules = (price: number) => ({ rules: { active: true, price } })
    expect(places(two('highest_price', rules(20), rules(45)))).toEqual([
      ['b', 'Highest price $45.00'],
      ['a', 'Price $20.00'],
    ])
  })

  test('is what it bids, where it was pinged', () => {
    const ping = { endpoint: { url: 'https://b.example.com/ping' }, request: { mappings: { state: '{{lead.state}}' } } }
    const rules = (price: number) => ({ rules: { active: true, price } })
    const rows = two('highest_price', { ping, ...rules(20) }, { ping, ...rules(45) })
    expect(places(rows)).toEqual([
      ['b', 'Highest bid $45.00'],
      ['a', 'Bid $20.00'],
    ])
    expect(rows[1]?.reason).toBe('Bids $20.00, not needed: sold to Buyer b')
  })

  test('is its rule, whose values stand beside it where it is not met', () => {
    const rows = two('rules', { when: "lead.state == 'NY'" })
    expect(rows.find(({ stepId }) => stepId === 'a')).toMatchObject({
      reason: 'Not chosen: State must be NY',
      place: 'When State is NY',
    })
    expect(rows.find(({ stepId }) => stepId === 'a')?.trace[0]?.comparisons).toMatchObject([{ left: 'CA' }])
  })

  test('is the table, also for those in groups that it did not choose', () => {
    const rows = why(
      [
        group(
          { strategy: 'table', table: { field: 'state', members: { CA: 'west', NY: 'east' } } },
          { ...group({ id: 'west', name: 'West' }, aBuyer('w')) },
          { ...group({ id: 'east', name: 'East' }, aBuyer('e')) },
        ),
      ],
      { lead: { state: 'CA' } },
    )
    expect(rows).toMatchObject([
      { stepId: 'w', outcome: 'accepted', place: 'West: priority 1' },
      { stepId: 'e', reason: 'Not chosen: State is CA: West' },
    ])
  })
})

describe('whoever stands in for another one', () => {
  test.each([
    ['overflow', capped(1, { when_exceeded: { action: 'overflow_to_backup', backup_buyer: 'b' } })],
    [
      'alternate',
      {
        conditional_delivery: {
          time_restrictions: { ...closed, outside_hours: 'alternate_buyer', alternate_buyer: 'b' },
        },
      },
    ],
    [
      'remediation',
      {
        conditional_delivery: {
          quality_requirements: {
            required_fields: ['dob'],
            when_not_met: { action: 'route_to_remediation', remediation_buyer: 'b' },
          },
        },
      },
    ],
  ])('is told with it: %s', (via, more) => {
    const b = aBuyer('b', { standby: true })
    const inGroup = why([group({}, aBuyer('a', more as object), b)], { before: 1 })
    const direct = why([aBuyer('a', more as object), b], { before: 1 })
    for (const rows of [inGroup, direct]) {
      expect(rows).toMatchObject([
        { stepId: 'a', outcome: 'skipped' },
        { stepId: 'b', outcome: 'accepted', via, insteadOf: 'Buyer a' },
      ])
    }
  })

  test('and may be no help: then its own reason is there', () => {
    const rows = why(
      [
        aBuyer('a', capped(1, { when_exceeded: { action: 'overflow_to_backup', backup_buyer: 'b' } })),
        aBuyer('b', { standby: true, rules: { active: false } }),
      ],
      { before: 1 },
    )
    expect(lines(rows)).toEqual([
      ['Buyer a', 'skipped', 'Cap 1 of 1 a day, resets Thu 00:00 UTC'],
      ['Buyer b', 'skipped', 'Step is disabled'],
    ])
  })

  test('after a failure, along the chain', () => {
    const failover = { failover_chain: [{ buyer: 'b' }, { buyer: 'c' }] }
    const rows = why([aBuyer('a', { failover }), aBuyer('b', { standby: true }), aBuyer('c', { standby: true })], {
      said: { a: 'error', b: 'error' },
    })
    expect(rows).toMatchObject([
      { stepId: 'a', outcome: 'error' },
      { stepId: 'b', outcome: 'error', via: 'failover', insteadOf: 'Buyer a' },
      { stepId: 'c', outcome: 'accepted', via: 'failover', insteadOf: 'Buyer a' },
    ])
  })
})

test('a lead that waits names whom it waits for, and until when', () => {
  const a = aBuyer('a', { conditional_delivery: { time_restrictions: { ...closed, outside_hours: 'queue' } } })
  const b = aBuyer('b', { rules: { active: false } })
  for (const rows of [why([group({}, a, b)]), why([a])]) {
    expect(rows[0]).toMatchObject({
      stepId: 'a',
      outcome: 'queued',
      reason: 'Closed until 20:00 UTC',
      waitsUntil: '2026-01-14T20:00:00.000Z',
    })
  }
  expect(lines(why([group({}, a, b)]))[1]).toEqual(['Buyer b', 'skipped', 'Step is disabled'])
})

test('a lead that is tried again keeps what was said of those that are not asked again', () => {
  const { document } = aFlow({ steps: [group({}, aBuyer('full'), aBuyer('down'))] as Steps }).flow
  const down = { type: 'buyer' as const, stepId: 'down', recipient: 'Down', within: 'auction', trace: [] }
  const full = { stepId: 'full', name: 'Full', recipient: 'Full', reason: 'Cap 1 of 1 a day' }
  const sale = { type: 'sale' as const, stepId: 'auction', waits: [] }
  const rows = whyOf({
    document,
    told: [
      { ...down, outcome: 'error', reason: '503' },
      { ...sale, considered: [full], order: ['full', 'down'] },
      { ...down, outcome: 'accepted' },
      { ...sale, considered: [], order: ['down'] },
    ],
  })
  expect(lines(rows)).toEqual([
    ['Full', 'skipped', 'Cap 1 of 1 a day'],
    ['Down', 'error', '503'],
    ['Down', 'accepted', undefined],
  ])
})

test('buyers that the lead never came to are there too, with why', () => {
  const rows = why([
    {
      id: 'ends',
      type: 'filter',
      name: 'Ends',
      stop_when: 'lead.state.missing',
      outcome: 'failure',
      reason: 'No state',
    },
    group({}, aBuyer('a'), { ...group({ id: 'off', name: 'Old', active: false }, aBuyer('b')) }),
    aBuyer('c', { standby: true }),
  ])
  expect(lines(rows)).toEqual([
    ['Buyer a', 'skipped', 'Not reached'],
    ['Buyer b', 'skipped', 'The group “Old” is switched off'],
    ['Buyer c', 'skipped', 'Standby: asked only as a backup'],
  ])
})
