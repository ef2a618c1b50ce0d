import { z } from '@hono/zod-openapi'
import { BacktestLeadFilters } from '../../backtests/schema'
import { endpoint } from './endpoint'
import { BacktestLeadShape, BacktestShape, NewBacktest } from './shapes/backtests'
import { IdParam, listOf, strictFilters } from './shapes/common'
import { sample } from './shapes/examples'
import { SimulationBody, SimulationShape } from './shapes/simulations'

const tag = 'Backtests'
const BacktestParam = IdParam.extend({ backtest_id: z.uuid() })
const id = '0197a3c2-5b7e-7c41-9d0f-6a1e2b3c4d5f'

const side = (sold: number) => ({
  leads: 1_000,
  sold,
  success: sold,
  failure: 1_000 - sold,
  error: 0,
  pending: 0,
  revenue: sold * 45,
  cost: sold * 20,
  buyers: [
    {
      step_id: 'premium',
      name: 'Premium Insurance Buyer',
      accepted: sold,
      rejected: 1_000 - sold,
      error: 0,
      unknown: 0,
      skipped: 0,
      revenue: sold * 45,
    },
  ],
})
const backtest = {
  id,
  flow_id: sample.flowId,
  version: 'draft',
  asked: {
    leads: { last: 1_000 },
    recorded: true,
    assume: { answers: 'accepts' },
    assume_steps: { premium: { answers: 'accepts_percent', percent: 70 } },
    all_ready: false,
  },
  status: 'done',
  total: 1_000,
  done: 1_000,
  totals: { before: side(610), after: side(655), changes: { won: 52, lost: 7, same: 941 } },
  created_by: 'Paula Diaz',
  created_at: sample.at,
  started_at: sample.at,
  ended_at: sample.at,
  kept_until: sample.at,
} as const
const answersBacktest = {
  status: 200,
  description: 'The backtest with its progress and totals.',
  schema: BacktestShape,
  example: backtest,
} as const

export const createBacktestRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/backtests',
  id: 'createBacktest',
  tag,
  summary: 'Try the draft on leads of before',
  description:
    'Runs the draft, or a version, on the last leads of the flow, on those of a time, or on the rows of a CSV file; at most 10,000. Nothing is delivered or counted. Where a buyer step of the same id was really asked its answer stands; elsewhere it says what you assume. It runs in the background: ask for it again, or wait for `done`.',
  params: IdParam,
  body: NewBacktest,
  bodyOptional: true,
  example: { leads: { last: 1_000 }, assume_steps: { premium: { answers: 'accepts_percent', percent: 70 } } },
  answer: { ...answersBacktest, status: 201 },
  refuses: [409],
})

export const listBacktestsRoute = endpoint({
  method: 'get',
  path: '/flows/{id}/backtests',
  id: 'listBacktests',
  tag,
  summary: 'List backtests',
  description: 'Those of the last 30 days, newest first.',
  params: IdParam,
  answer: {
    status: 200,
    description: 'The backtests of the flow.',
    schema: listOf(BacktestShape),
    example: { data: [backtest], next_cursor: null },
  },
})

export const getBacktestRoute = endpoint({
  method: 'get',
  path: '/flows/{id}/backtests/{backtest_id}',
  id: 'getBacktest',
  tag,
  summary: 'Get a backtest',
  params: BacktestParam,
  answer: answersBacktest,
})

export const listBacktestLeadsRoute = endpoint({
  method: 'get',
  path: '/flows/{id}/backtests/{backtest_id}/leads',
  id: 'listBacktestLeads',
  tag,
  summary: 'List the leads of a backtest',
  description: 'What happened and what would have, lead by lead, differences first.',
  params: BacktestParam,
  query: strictFilters(BacktestLeadFilters),
  answer: {
    status: 200,
    description: 'A page of leads.',
    schema: listOf(BacktestLeadShape),
    example: {
      data: [
        {
          position: 4,
          lead_id: sample.leadId,
          label: 'Ana García',
          change: 'lost',
          before: {
            outcome: 'success',
            buyers: [{ step_id: 'premium', name: 'Premium Insurance Buyer', outcome: 'accepted', price: 45 }],
            revenue: 45,
            cost: 20,
          },
          after: {
            outcome: 'failure',
            reason: 'Credit score must be more than 650',
            buyers: [
              {
                step_id: 'premium',
                name: 'Premium Insurance Buyer',
                outcome: 'skipped',
                reason: 'Credit score must be more than 650',
                price: 0,
              },
            ],
            revenue: 0,
            cost: 0,
          },
        },
      ],
      next_cursor: null,
    },
  },
})

export const cancelBacktestRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/backtests/{backtest_id}/cancel',
  id: 'cancelBacktest',
  tag,
  summary: 'Cancel a backtest',
  description: 'What it has found so far stays.',
  params: BacktestParam,
  answer: answersBacktest,
  refuses: [409],
})

export const simulateLeadRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/simulate',
  id: 'simulateLead',
  tag,
  summary: 'See who would get a lead',
  description:
    'By the draft, at a moment: every buyer that is considered, and why it gets the lead or not, with the caps, turns and duplicates as they stand. Every buyer that is asked is taken to accept, or to say what `answers` says. Nothing is delivered, reserved or logged.',
  params: IdParam,
  body: SimulationBody,
  bodyOptional: true,
  example: { lead: { email: 'ana@example.com', state: 'CA' }, at: '2026-01-18T23:00', answers: { premium: 'refuses' } },
  answer: {
    status: 200,
    description: 'Who would get it.',
    schema: SimulationShape,
    example: {
      at: '2026-01-19T07:00:00.000Z',
      time_zone: 'America/Los_Angeles',
      outcome: 'success',
      revenue: 30,
      cost: 20,
      trace: [],
      steps: [],
      considered: [
        {
          step_id: 'premium',
          name: 'Premium Insurance Buyer',
          outcome: 'skipped',
          reason: 'Closed until Mon 08:00 Los Angeles',
          place: 'Priority 1',
          within: { step_id: 'auction', name: 'Auction' },
          trace: [],
        },
        {
          step_id: 'coastal',
          name: 'Coastal Mutual',
          outcome: 'accepted',
          place: 'Priority 2',
          within: { step_id: 'auction', name: 'Auction' },
          price: 30,
          trace: [],
          caps: [{ words: '12 of 50 a day', live: true }],
        },
      ],
      notes: [],
    },
  },
})
