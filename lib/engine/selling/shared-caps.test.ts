import { expect, test } from 'vitest'
import { capsOf, capWords, type SharedCaps, sharedNeeds } from './caps'
import { MemoryCounters } from './memory-counters'

const now = Date.UTC(2026, 10, 26, 12)
const shared = (of: SharedCaps['of']): SharedCaps => {
  const caps = capsOf({ daily: 50 }, 'Europe/London')
  if (!caps) throw new Error('no caps')
  return { caps, of, owner: `${of}:1`, ...(of === 'destination' && { accountId: 'buyer' }) }
}
const needOf = (of: SharedCaps['of']) => {
  const [need] = sharedNeeds(shared(of), 4500, now)
  if (!need) throw new Error('no need')
  return need
}

test('a connection’s cap and a partner’s limit say their numbers, a buyer’s own only that it is reached', () => {
  expect(capWords(needOf('connection'), 50, now)).toBe('Cap of the connection 50 of 50 a day, resets Fri 00:00 London')
  expect(capWords(needOf('partner'), 50, now)).toBe('Partner limit 50 of 50 a day, resets Fri 00:00 London')
  expect(capWords(needOf('destination'), 50, now)).toBe('The buyer’s own limit is reached')
})

test('what is taken from a buyer’s counter names the buyer', () => {
  expect(needOf('destination').accountId).toBe('buyer')
  expect(needOf('connection').accountId).toBeUndefined()
})

test('a trial with empty counters can’t be used to count up to a buyer’s own cap', () => {
  const counters = new MemoryCounters()
  const sold = (of: SharedCaps['of']) => {
    const ask = { lead: [], candidates: [{ stepId: of, needs: [needOf(of)], claims: [] }] }
    const granted = Array.from({ length: 60 }, (_, index) => counters.reserve(ask, `lead ${of} ${index}`, now).granted)
    return granted.filter((one) => one !== undefined).length
  }
  expect(sold('connection')).toBe(50)
  expect(sold('destination')).toBe(60)
})
