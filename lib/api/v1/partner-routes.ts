import { endpoint } from './endpoint'
import { IdParam, listOf } from './shapes/common'
import { sample, sampleCapUse } from './shapes/examples'
import { CapUseShape } from './shapes/flows'
import { NewPartner, PartnerChanges, PartnerQuery, PartnerShape, PartnerSummaryShape } from './shapes/partners'

const tag = 'Partners'
const summary = {
  id: sample.partnerId,
  name: 'Coastal Mutual',
  type: 'partner',
  status: 'active',
  contact_name: 'Ben Ortiz',
  email: 'ben@coastal.example',
  phone: '+1 512 789 1111',
  transfer_phone: '+1 512 789 1112',
  notes: '',
  caps: { daily: 50, monthly: 1_000 },
  schedule: { days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'], hours: { start: '09:00', end: '17:00' } },
  connections: [{ id: sample.connectionId, name: 'Coastal Mutual' }],
  created_at: sample.at,
  updated_at: sample.at,
}
const partner = {
  ...summary,
  uses: [
    {
      ...{ kind: 'step', flow_id: sample.flowId, flow_name: 'Insurance Leads – California' },
      ...{ step_id: 'coastal', name: 'Coastal Mutual', live: true },
    },
  ],
}
const answersSummary = {
  status: 200,
  description: 'The partner.',
  schema: PartnerSummaryShape,
  example: summary,
} as const

export const listPartnersRoute = endpoint({
  method: 'get',
  path: '/partners',
  id: 'listPartners',
  tag,
  summary: 'List partners',
  description: 'By name, by keyset. `q` is a part of the name, the contact or the email.',
  query: PartnerQuery,
  answer: {
    status: 200,
    description: 'The partners of the account.',
    schema: listOf(PartnerSummaryShape),
    example: { data: [summary], next_cursor: null },
  },
})

export const createPartnerRoute = endpoint({
  method: 'post',
  path: '/partners',
  id: 'createPartner',
  tag,
  summary: 'Create a partner',
  description:
    'The record of a counterparty: `partner` (leads are sold to it), `introducer` (leads are bought from it) or `both`. `caps` are the most that is delivered to it over all flows, steps and connections; `schedule` is when. Both are null for no limit.',
  body: NewPartner,
  example: { name: 'Coastal Mutual', email: 'ben@coastal.example', caps: { daily: 50, monthly: 1_000 } },
  answer: { ...answersSummary, status: 201 },
  refuses: [409],
})

export const getPartnerRoute = endpoint({
  method: 'get',
  path: '/partners/{id}',
  id: 'getPartner',
  tag,
  summary: 'Get a partner',
  params: IdParam,
  answer: {
    status: 200,
    description: 'The partner, with the steps and sources that use it.',
    schema: PartnerShape,
    example: partner,
  },
})

export const updatePartnerRoute = endpoint({
  method: 'patch',
  path: '/partners/{id}',
  id: 'updatePartner',
  tag,
  summary: 'Change a partner',
  description:
    'What is not named stays. Limits, schedule and `status` count from the next lead on: nothing is delivered to a paused partner.',
  params: IdParam,
  body: PartnerChanges,
  example: { status: 'paused' },
  answer: { ...answersSummary, example: { ...summary, status: 'paused' } },
  refuses: [409],
})

export const deletePartnerRoute = endpoint({
  method: 'delete',
  path: '/partners/{id}',
  id: 'deletePartner',
  tag,
  summary: 'Delete a partner',
  description: 'Refused while a connection that was not ended is its, or a live step or a source names it.',
  params: IdParam,
  answer: { status: 204, description: 'Deleted.' },
  refuses: [409],
})

export const partnerCapUseRoute = endpoint({
  method: 'get',
  path: '/partners/{id}/caps',
  id: 'getPartnerCapUse',
  tag,
  summary: 'The use of a partner’s limits',
  description: 'What is taken from each in the minute, hour, day, week or month that runs now.',
  params: IdParam,
  answer: {
    status: 200,
    description: 'One line for each limit.',
    schema: listOf(CapUseShape),
    example: {
      data: [{ ...sampleCapUse, of: 'partner', id: sample.partnerId, name: 'Coastal Mutual' }],
      next_cursor: null,
    },
  },
})
