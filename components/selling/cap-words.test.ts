import { describe, expect, test } from 'vitest'
import type { BuyerStep, Caps } from '@/lib/engine/schema'
import type { CapUse } from '@/lib/flows/schema'
import { availabilityWords } from './availability-words'
import { capConflicts, capMeters } from './cap-words'

const now = Date.parse('2026-11-26T20:00:00Z')
const today = (given: Partial<CapUse> = {}): CapUse => ({
  ...{ of: 'step', id: 'premium', name: 'Premium', unit: 'leads', period: 'day', timeZone: 'America/Los_Angeles' },
  ...{ used: 312, limit: 1000, draftLimit: 1000, resetsAt: '2026-11-27T08:00:00.000Z' },
  ...given,
})
const said = (caps: Caps | undefined, uses: CapUse[]) =>
  capMeters({ caps, uses, zone: 'America/Los_Angeles', now, from: 'once you publish' })
const wordsOf = (caps: Caps | undefined, uses: CapUse[]) => said(caps, uses).map(({ words }) => words)

describe('the meter of a cap', () => {
  test('tells how much is used and when it starts anew', () => {
    expect(wordsOf({ daily: 1000 }, [today()])).toEqual(['312 of 1,000 today, resets Fri 00:00 Los Angeles'])
  })

  test('says before saving that a lower cap is full already', () => {
    const [meter] = said({ daily: 300 }, [today()])
    expect(meter).toMatchObject({ isFull: true, isEdited: true })
    expect(meter?.words).toBe('Used 312 of the new 300: full until Fri 00:00 Los Angeles')
  })

  test('says how much room a higher cap has', () => {
    expect(wordsOf({ daily: 1500 }, [today()])).toEqual([
      'Used 312 of the new 1,500 today, resets Fri 00:00 Los Angeles',
    ])
  })

  test('says that another time zone is another counter', () => {
    expect(wordsOf({ daily: 1000, timezone: 'America/New_York' }, [today()])).toEqual([
      'Another counter in New York once you publish: 0 of 1,000 today. The 312 of Los Angeles are not carried over',
    ])
  })

  test('says that another window is another counter, and what becomes of the one that was', () => {
    expect(wordsOf({ hourly: 100 }, [today()])).toEqual([
      'Counts once you publish: 0 of 100 this hour',
      'No limit once you publish. 312 of 1,000 are used today',
    ])
  })

  test('counts money in money', () => {
    expect(wordsOf({ daily_spend: 450 }, [today({ unit: 'cents', used: 31_500, limit: 45_000 })])).toEqual([
      '$315.00 of $450.00 today, resets Fri 00:00 Los Angeles',
    ])
  })

  test('0 is no limit', () => {
    expect(wordsOf({ daily: 0 }, [])).toEqual([])
  })
})

test('a step says in a line when it takes leads and how many', () => {
  const said = (conditional_delivery: BuyerStep['conditional_delivery']) =>
    availabilityWords({ conditional_delivery } as BuyerStep)
  const caps = (given: Caps) => ({ ...given, when_exceeded: { action: 'skip' as const } })
  const times = {
    days: ['Mon' as const, 'Tue' as const, 'Wed' as const, 'Thu' as const, 'Fri' as const],
    hours: { start: '08:00', end: '18:00' },
  }
  const time_restrictions = { ...times, outside_hours: 'queue' as const }
  expect(said({ time_restrictions, caps: caps({ hourly: 100, daily: 1200 }) })).toBe(
    'Mon–Fri 08:00–18:00 · 1,200 a day',
  )
  expect(said({ caps: caps({ daily: 0, weekly_spend: 500 }) })).toBe('$500.00 a week')
  expect(said({ time_restrictions: { outside_hours: 'reject' } })).toBe('')
  expect(said(undefined)).toBe('')
})

describe('limits that do not fit together', () => {
  const conflictsOf = (caps: Caps) => capConflicts(caps).map(({ words }) => words)

  test('are named: a month of single days never has fifty', () => {
    expect(conflictsOf({ daily: 1, monthly: 50 })).toEqual([
      '50 a month is never reached: 1 a day comes to 31 at the most.',
    ])
    expect(conflictsOf({ hourly_spend: 10, daily_spend: 300.5 })).toEqual([
      '$300.50 a day is never reached: $10.00 an hour comes to $250.00 at the most.',
    ])
  })

  test('are only those that can never be reached, and 0 is no limit', () => {
    expect(conflictsOf({ daily: 2, monthly: 50 })).toEqual([])
    expect(conflictsOf({ daily: 1, monthly: 31 })).toEqual([])
    expect(conflictsOf({ daily: 0, monthly: 50 })).toEqual([])
    expect(conflictsOf({ weekly: 7, monthly: 42 })).toEqual([])
  })

  test('are told by the limit that keeps them lowest', () => {
    expect(conflictsOf({ daily: 10, weekly: 5, monthly: 500 })).toEqual([
      '500 a month is never reached: 5 a week comes to 30 at the most.',
    ])
  })
})
