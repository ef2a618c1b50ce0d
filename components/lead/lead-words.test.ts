import { expect, test } from 'vitest'
import type { EventDetail } from '@/lib/events/schema'
import type { LeadDetail } from '@/lib/leads/schema'
import { happeningsOf } from './happenings'
import { headlineOf, takenFeedback } from './headline'

const at = (ms: number) => new Date(Date.UTC(2026, 10, 21, 14, 2, 11, ms)).toISOString()

const anEvent = (
  given: Partial<EventDetail> & Pick<EventDetail, 'type' | 'outcome'>,
  fromMs = 31,
  toMs = fromMs,
): EventDetail => ({
  id: `${given.type} ${fromMs}`,
  leadId: 'lead',
  isTest: false,
  name: 'Web form',
  startedAt: at(fromMs),
  endedAt: at(toMs),
  durationMs: toMs - fromMs,
  trace: [],
  leadData: {},
  ...given,
})

const aDelivery = (recipient: string, outcome: string, given: Partial<EventDetail> = {}) =>
  anEvent({ type: 'delivery', outcome, name: 'A step', recipient, ...given }, 35, 224)

const aLead = (given: Partial<LeadDetail> = {}): LeadDetail => ({
  id: 'lead',
  side: 'seller',
  label: 'Ana García',
  status: 'final',
  outcome: 'success',
  isTest: false,
  priceCents: 2000,
  revenueCents: 4500,
  sourceName: 'Web form',
  receivedAt: at(31),
  data: {},
  events: [],
  considered: [],
  ...given,
})

const wordsOf = (lead: LeadDetail) => happeningsOf(lead).map(({ words, outcome }) => words || outcome)

test('the headline says who bought a lead, and for how much', () => {
  const lead = aLead({
    events: [aDelivery('Premium', 'accepted'), aDelivery('Coastal', 'accepted')],
    revenueCents: 7500,
  })
  expect(headlineOf(lead)).toEqual({ outcome: 'success', words: 'sold to Premium and Coastal for $75.00' })
})

test('the headline says why a lead was not sold', () => {
  const lead = aLead({ outcome: 'failure', reason: 'State is not bought here' })
  expect(headlineOf(lead).words).toBe('not sold: State is not bought here')
})

test('the headline names the buyer that never answered', () => {
  const { outcome: _, ...open } = aLead({ status: 'pending', events: [aDelivery('Slow Bank', 'unknown')] })
  expect(headlineOf(open)).toEqual({ outcome: 'pending', words: 'waiting: Slow Bank never answered' })
})

test('a test lead is never called sold', () => {
  const lead = aLead({ isTest: true, revenueCents: 0, events: [aDelivery('Premium', 'accepted')] })
  expect(headlineOf(lead).words).toBe('accepted by Premium')
})

test('a buyer reads of its own purchase, in its own words', () => {
  const lead = aLead({ side: 'buyer', partnerName: 'Meridian', priceCents: 4500 })
  expect(headlineOf(lead)).toEqual({ outcome: 'accepted', words: 'bought from Meridian for $45.00' })
  expect(headlineOf({ ...lead, outcome: 'failure', reason: 'Duplicate' })).toEqual({
    outcome: 'rejected',
    words: 'rejected: Duplicate',
  })
})

test('the story of a lead goes from its arrival to the answer, and on to what was said back', () => {
  const criteria = { kind: 'acceptance', passed: true, text: 'State is CA' } as const
  const lead = aLead({
    events: [
      anEvent({ type: 'source', outcome: 'success', trace: [criteria] }, 31, 226),
      anEvent({ type: 'filter', outcome: 'continue', name: 'Adults only' }, 34),
      aDelivery('Premium', 'accepted'),
      anEvent({ type: 'feedback', outcome: 'failure', name: 'return', recipient: 'Premium', reason: 'Too late' }, 900),
    ],
  })
  expect(wordsOf(lead)).toEqual([
    'received from Web form',
    'taken in',
    'passed Adults only',
    '→ Premium',
    'accepted',
    'answered success, price $20.00',
    'return from Premium refused',
  ])
  expect(takenFeedback(lead)).toEqual([])
})

test('a step that was skipped says its reason once, with the values it saw', () => {
  const trace = [{ kind: 'eligible', passed: false, text: 'Not eligible: Score must be more than 650' } as const]
  const lead = aLead({ events: [aDelivery('Coastal', 'skipped', { reason: 'Score must be more than 650', trace })] })
  const [, skipped] = happeningsOf(lead)
  expect(skipped).toMatchObject({ words: 'Coastal skipped', trace })
  expect(skipped?.reason).toBeUndefined()
})

test('answers of buyers that were asked at the same time say whose they are', () => {
  const asked = (name: string, outcome: string, fromMs: number, toMs: number) =>
    anEvent({ type: 'delivery', outcome, id: name, name, recipient: name }, fromMs, toMs)
  const lead = aLead({
    events: [asked('One', 'accepted', 35, 90), asked('Two', 'rejected', 35, 60), asked('Three', 'accepted', 100, 120)],
  })
  expect(
    happeningsOf(lead).map(({ words, who = '', outcome }) => (outcome ? `${who} ${outcome}`.trim() : words)),
  ).toEqual(['received from Web form', '→ One', '→ Two', 'rejected', 'One accepted', '→ Three', 'accepted'])
})
