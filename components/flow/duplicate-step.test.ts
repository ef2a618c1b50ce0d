import { expect, test } from 'vitest'
import { FlowDocument } from '../../lib/engine/schema'
import { stepsWithin } from './distribution-members'
import { newInvitedBuyer, newManualBuyer } from './draft-document'
import { duplicateStep } from './duplicate-step'

const buyer = (id: string) => newManualBuyer(id, id, 'https://buyer.example/leads', [])

test('a duplicated step stands below the first, under its own id', () => {
  const { document, id } = duplicateStep(FlowDocument.parse({ steps: [buyer('a'), buyer('b')] }), 'a')
  expect(document.steps.map((step) => step.id)).toEqual(['a', 'a-copy', 'b'])
  expect(id).toBe('a-copy')
  expect(document.steps[1]?.name).toBe('a (copy)')
})

test('whoever was invited for the first is not invited for the copy', () => {
  const invited = newInvitedBuyer('a', 'a', [])
  const steps = [
    { ...invited, connection: { ...invited.connection, invitation_id: '0197a3c2-5b7e-7c41-9d0f-6a1e2b3c4d5e' } },
  ]
  const { document } = duplicateStep(FlowDocument.parse({ steps }), 'a')
  expect(document.steps[0]).toMatchObject({ connection: { invitation_id: '0197a3c2-5b7e-7c41-9d0f-6a1e2b3c4d5e' } })
  expect(document.steps[1]).not.toHaveProperty('connection.invitation_id')
})

test('the buyers of a duplicated distribution get ids of their own and name each other, not the first ones', () => {
  const a = {
    ...buyer('a'),
    conditional_delivery: {
      time_restrictions: { outside_hours: 'alternate_buyer' as const, alternate_buyer: 'b' },
      caps: { daily: 5, when_exceeded: { action: 'overflow_to_backup' as const, backup_buyer: 'b' } },
      quality_requirements: {
        min_score: 1,
        when_not_met: { action: 'route_to_remediation' as const, remediation_buyer: 'outside' },
      },
    },
    failover: { primary_buyer: 'a', failover_chain: [{ buyer: 'b' }, { action: 'queue_for_retry' as const }] },
  }
  const group = {
    id: 'auction',
    type: 'distribution' as const,
    name: 'Auction',
    strategy: 'table' as const,
    table: { field: 'state', members: { CA: 'a' }, default: 'b' },
    buyers: [a, buyer('b')],
  }
  const before = FlowDocument.parse({ steps: [group, buyer('outside')] })
  const { document } = duplicateStep(before, 'auction')
  const ids = stepsWithin(document.steps).map(({ id }) => id)
  expect(ids).toEqual(['auction', 'a', 'b', 'auction-copy', 'a-copy', 'b-copy', 'outside'])
  expect(document.steps[0]).toEqual(before.steps[0])
  expect(document.steps[1]).toMatchObject({
    table: { members: { CA: 'a-copy' }, default: 'b-copy' },
    buyers: [
      {
        conditional_delivery: {
          time_restrictions: { alternate_buyer: 'b-copy' },
          caps: { when_exceeded: { backup_buyer: 'b-copy' } },
          quality_requirements: { when_not_met: { remediation_buyer: 'outside' } },
        },
        failover: { primary_buyer: 'a-copy', failover_chain: [{ buyer: 'b-copy' }, { action: 'queue_for_retry' }] },
      },
      { id: 'b-copy' },
    ],
  })
})
