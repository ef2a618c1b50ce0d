import { describe, expect, test } from 'vitest'
import { seedConditionalDelivery, seedFailover, seedRouter } from '../../../db/testing/seed-selling'
import { aBuyer, aFlow, inputOf } from '../fixtures'
import { checkFlow, type FlowDocumentInput, type Nested } from '../index'
import { aMarket, soldTo } from '../market'

type Steps = NonNullable<FlowDocumentInput['steps']>

/** What a person would paste: it has been JSON. */
const asJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

const fields = [
  { name: 'email', type: 'email' as const },
  { name: 'phone_1', type: 'phone' as const },
  { name: 'consent', type: 'boolean' as const },
  { name: 'score', type: 'number' as const },
  { name: 'state', type: 'state' as const },
  { name: 'credit_score', type: 'number' as const },
]
const standby = (id: string, more: object = {}) => ({ ...aBuyer(id), standby: true, ...more })
const flowOf = (...steps: object[]) => aFlow({ fields, steps: asJson(steps) as Steps })

const good = { email: 'ana@example.com', phone: '5125550101', consent: 'yes', score: '82' }
/** Wednesday in Los Angeles, by the hour and minute of its clocks; UTC−8 in January. */
const wednesday = (clock: string) => Date.parse(`2026-01-14T${clock}:00-08:00`)
const hourMs = 3_600_000

describe('conditionalDelivery of the guide', () => {
  const made = flowOf(
    { ...aBuyer('buyer_main'), conditional_delivery: seedConditionalDelivery },
    standby('buyer_overflow'),
    standby('buyer_lowquality'),
  )

  test('delivers in the buyer’s hours, at their first minute and their last', () => {
    const market = aMarket(made)
    expect(soldTo(market.send('first', good, wednesday('08:00')))).toEqual(['buyer_main'])
    expect(soldTo(market.send('last', good, wednesday('17:59')))).toEqual(['buyer_main'])
  })

  test('queues a lead outside of them, and sells it when they begin', () => {
    const market = aMarket(made)
    expect(market.send('early', good, wednesday('07:59')).state).toBe('held')
    const friday = Date.parse('2026-01-16T18:00:00-08:00')
    const monday = Date.parse('2026-01-19T08:00:00-08:00')
    expect(market.send('weekend', good, friday).state).toBe('held')
    expect(market.effectOf('weekend')).toMatchObject({ kind: 'hold', until: monday, stepId: 'buyer_main' })
    market.resume('weekend', monday)
    expect(soldTo(market.carryOn('weekend', monday, () => 'accepted'))).toEqual(['buyer_main'])
  })

  test('sends what is over 100 an hour to the backup, and the next hour to the buyer again', () => {
    const market = aMarket(made)
    const sold = Array.from({ length: 103 }, (_, at) => soldTo(market.send(`l${at}`, good, wednesday('10:30'))))
    expect(sold.slice(0, 100).flat()).toEqual(Array(100).fill('buyer_main'))
    expect(sold.slice(100).flat()).toEqual(Array(3).fill('buyer_overflow'))
    expect(soldTo(market.send('next', good, wednesday('11:00')))).toEqual(['buyer_main'])
  })

  test('sends what is over 1,000 a day to the backup, until the day ends where the buyer is', () => {
    const market = aMarket(aFlow({ fields, steps: allHours() }))
    const day = Date.parse('2026-01-14T00:00:00-08:00')
    let sold = 0
    for (let at = 0; at < 24 * 45; at++) {
      const run = market.send(`l${at}`, good, day + Math.floor(at / 45) * hourMs)
      if (soldTo(run)[0] === 'buyer_main') sold++
    }
    expect(sold).toBe(1_000)
    expect(soldTo(market.send('late', good, day + 24 * hourMs - 1))).toEqual(['buyer_overflow'])
    expect(soldTo(market.send('midnight', good, day + 24 * hourMs))).toEqual(['buyer_main'])
  })

  /** The guide's buyer without hours, so that a whole day of leads can come. Its caps are counted where it is. */
  function allHours(): Steps {
    const { time_restrictions: times, ...rest } = seedConditionalDelivery
    const caps = { ...rest.caps, timezone: times.timezone }
    return asJson([
      { ...aBuyer('buyer_main'), conditional_delivery: { ...rest, caps } },
      standby('buyer_overflow'),
      standby('buyer_lowquality'),
    ]) as Steps
  }

  test.each([
    ['a score under 70', { ...good, score: '69.9' }],
    ['no score', { email: good.email, phone: good.phone, consent: good.consent }],
    ['no consent', { ...good, consent: '' }],
    ['no phone', { ...good, phone: '' }],
  ] as [string, Nested][])('routes a lead with %s to remediation', (_, lead) => {
    expect(soldTo(aMarket(made).send('l', lead, wednesday('10:00')))).toEqual(['buyer_lowquality'])
  })

  test('a score of 70 is enough', () => {
    expect(soldTo(aMarket(made).send('l', { ...good, score: '70' }, wednesday('10:00')))).toEqual(['buyer_main'])
  })
})

describe('failoverConfig of the guide', () => {
  const officeHours = { ...seedConditionalDelivery.time_restrictions, outside_hours: 'reject' }
  const steps = [
    { ...aBuyer('buyer_main'), failover: seedFailover },
    standby('buyer_backup_1'),
    standby('buyer_backup_2', { conditional_delivery: { time_restrictions: officeHours } }),
  ]
  const made = flowOf(...steps)
  const now = wednesday('10:00')

  test('goes to the first backup when the buyer fails, and tries it three times', () => {
    const tried: string[] = []
    const run = aMarket(made).send('l', good, now, (stepId, tries) => {
      tried.push(stepId)
      return stepId === 'buyer_backup_1' && tries === 2 ? 'accepted' : 'error'
    })
    expect(tried).toEqual(['buyer_main', 'buyer_backup_1', 'buyer_backup_1', 'buyer_backup_1'])
    expect(soldTo(run)).toEqual(['buyer_backup_1'])
  })

  test('goes on to the second backup in its business hours, and not outside of them', () => {
    const said = (stepId: string) => (stepId === 'buyer_backup_2' ? 'accepted' : 'error')
    expect(soldTo(aMarket(made).send('l', good, now, said))).toEqual(['buyer_backup_2'])
    expect(aMarket(made).send('l', good, wednesday('19:00'), said).state).toBe('held')
  })

  test('queues a lead that nobody took, and tries the buyer again after an hour', () => {
    const market = aMarket(made)
    expect(market.send('l', good, now, () => 'error').state).toBe('held')
    expect(market.effectOf('l')).toMatchObject({ kind: 'hold', until: now + hourMs, stepId: 'buyer_main' })
    market.resume('l', now + hourMs)
    expect(soldTo(market.carryOn('l', now + hourMs, () => 'accepted'))).toEqual(['buyer_main'])
  })

  test('counts a timeout as a failure, as the guide does, and says that it can sell twice', () => {
    const said = (stepId: string) => (stepId === 'buyer_main' ? 'unknown' : 'accepted')
    expect(soldTo(aMarket(made).send('l', good, now, said))).toEqual(['buyer_backup_1'])
    const problems = checkFlow(inputOf({ fields, steps: asJson(steps) as Steps }))
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(problems.map(({ message }) => message).join(' ')).toContain('sold twice')
  })

  test('leaves a refusal to the buyer: it is no failure', () => {
    const run = aMarket(made).send('l', good, now, () => 'rejected')
    expect(run).toMatchObject({ state: 'done', outcome: 'failure' })
    expect(run.results).toHaveLength(1)
  })
})

describe('DynamicBuyerRouter of the guide', () => {
  const { byHour, byGeography, byQuality } = seedRouter((id) => aBuyer(id))
  const route = (step: object, lead: Nested, now: number, said?: (stepId: string) => 'accepted' | 'rejected') =>
    soldTo(aMarket(flowOf(step)).send('l', lead, now, said))[0]

  test('selectBuyer: the morning’s buyers before noon, the afternoon’s from noon on, where the flow is', () => {
    // The flow is in New York, three hours ahead.
    expect(route(byHour, good, wednesday('08:59'))).toBe('morning_1')
    expect(route(byHour, good, wednesday('09:00'))).toBe('afternoon_1')
    expect(route(byHour, good, wednesday('20:59'))).toBe('afternoon_1')
    expect(route(byHour, good, wednesday('21:00'))).toBe('morning_1')
    const first = (stepId: string) => (stepId === 'morning_1' ? 'rejected' : 'accepted')
    expect(route(byHour, good, wednesday('08:00'), first)).toBe('morning_2')
  })

  test('routeByGeography: the buyers of the state in their order, and the default ones for all others', () => {
    const to = (state: string, said?: (stepId: string) => 'accepted' | 'rejected') =>
      route(byGeography, { ...good, state }, wednesday('10:00'), said)
    expect(['CA', 'New York', 'tx', 'WA', ''].map((state) => to(state))).toEqual([
      'buyer_west_1',
      'buyer_east_1',
      'buyer_central_1',
      'buyer_default',
      'buyer_default',
    ])
    expect(to('CA', (stepId) => (stepId === 'buyer_west_1' ? 'rejected' : 'accepted'))).toBe('buyer_west_2')
    expect(to('TX', () => 'rejected')).toBe(undefined)
  })

  test('routeByQuality: premium over 750, standard over 650, subprime for the rest', () => {
    const to = (score: string) => route(byQuality, { ...good, credit_score: score }, wednesday('10:00'))
    expect(['751', '750', '651', '650', '300', ''].map(to)).toEqual([
      'premium_1',
      'standard_1',
      'standard_1',
      'subprime_1',
      'subprime_1',
      'subprime_1',
    ])
  })
})
