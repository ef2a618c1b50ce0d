import { expect, test } from 'vitest'
import { FlowDocument } from '../../lib/engine/schema'
import {
  addMember,
  moveIntoDistribution,
  moveMember,
  placedSteps,
  removeMember,
  takeOutOfDistribution,
} from './distribution-members'
import { newManualBuyer, withStep } from './draft-document'

const buyer = (id: string) => newManualBuyer(id, id, 'https://buyer.example/leads', [])
const document = FlowDocument.parse({
  steps: [
    buyer('first'),
    { id: 'auction', type: 'distribution', name: 'Auction', buyers: [buyer('a'), buyer('b')] },
    buyer('last'),
  ],
})
const outline = ({ steps }: FlowDocument) => placedSteps(steps).map(({ step, path }) => `${path} ${step.id}`)

test('every step has its place, those within a distribution too', () => {
  expect(outline(document)).toEqual([
    'steps.0 first',
    'steps.1 auction',
    'steps.1.buyers.0 a',
    'steps.1.buyers.1 b',
    'steps.2 last',
  ])
})

test('a member is edited where it stands', () => {
  const renamed = withStep(document, 'b', (step) => ({ ...step, name: 'Renamed' }))
  expect(placedSteps(renamed.steps).map(({ step }) => step.name)).toEqual(['first', 'Auction', 'a', 'Renamed', 'last'])
})

test('members change places and stop at the ends', () => {
  expect(outline(moveMember(document, 'auction', 'b', -1)).slice(2, 4)).toEqual([
    'steps.1.buyers.0 b',
    'steps.1.buyers.1 a',
  ])
  expect(moveMember(document, 'auction', 'b', 1)).toEqual(document)
})

test('a buyer of the flow moves into a distribution and out again, below it', () => {
  const within = moveIntoDistribution(document, 'first', 'auction')
  expect(outline(within)).toEqual([
    'steps.0 auction',
    'steps.0.buyers.0 a',
    'steps.0.buyers.1 b',
    'steps.0.buyers.2 first',
    'steps.1 last',
  ])
  expect(takeOutOfDistribution(within, 'first').steps.map(({ id }) => id)).toEqual(['auction', 'first', 'last'])
})

test('a member goes, and comes back once', () => {
  const without = removeMember(document, 'auction', 'b')
  expect(outline(without)).not.toContain('steps.1.buyers.1 b')
  const back = addMember(without, 'auction', buyer('b'))
  expect(back).toEqual(document)
  expect(addMember(back, 'auction', buyer('b'))).toEqual(document)
})
