import { beforeAll, expect, test } from 'vitest'
import {
  accepts,
  aLiveFlow,
  aManualStep,
  aPeer,
  aSeller,
  must,
  refusal,
  refuses,
  type Someone,
  testDatabase,
} from '../../db/testing/index'
import { intakeApp } from '../api/index'
import { startRuntime } from '../runtime'
import { listCapUse, saveDraft } from './index'

testDatabase()

let seller: Someone
let peer: Awaited<ReturnType<typeof aPeer>>
beforeAll(async () => {
  await startRuntime('intake')
  seller = await aSeller()
  peer = await aPeer()
})

const stepWith = (caps: object) =>
  aManualStep({
    url: peer.url,
    conditional_delivery: { caps: { timezone: 'America/Los_Angeles', when_exceeded: { action: 'skip' }, ...caps } },
  })
let number = 0
const submit = (path: string) =>
  intakeApp.request(path, { method: 'POST', body: new URLSearchParams({ email: `u${++number}@example.com` }) })

test('a seller sees what is used of each cap of a flow, and what the draft would make of it', async () => {
  const caps = { monthly: 10, monthly_spend: 450 }
  const settings = { caps: { weekly: 50 }, mappings: [], cors_origins: [], rate_limit_per_minute: 0 }
  const flow = await aLiveFlow(seller.actor, { caps: { monthly: 20 }, steps: [stepWith(caps)] }, { settings })
  peer.now(accepts)
  await submit(flow.path)
  await submit(flow.path)
  peer.now(refuses('Wrong state'))
  await submit(flow.path)
  const document = { caps: { monthly: 20 }, steps: [stepWith({ monthly: 5, timezone: 'America/New_York' })] }
  must(await saveDraft(seller.actor, { flowId: flow.flowId, document }))

  const uses = must(await listCapUse(seller.actor, flow.flowId, Date.now()))
  const brief = uses.map(({ of, unit, period, timeZone, used, limit, draftLimit }) =>
    [of, unit, period, timeZone, used, limit, draftLimit].join(' '),
  )
  expect(brief.sort()).toEqual([
    'flow leads month UTC 2 20 20',
    'source leads week UTC 2 50 50',
    'step cents month America/Los_Angeles 9000 45000 ',
    'step leads month America/Los_Angeles 2 10 ',
    'step leads month America/New_York 0  5',
  ])
  for (const { resetsAt } of uses) expect(Date.parse(resetsAt)).toBeGreaterThan(Date.now())
})

test('nobody sees the counters of another account', async () => {
  const flow = await aLiveFlow(seller.actor, { steps: [stepWith({ daily: 10 })] })
  const other = await aSeller()
  expect(refusal(await listCapUse(other.actor, flow.flowId, Date.now())).kind).toBe('not-found')
  expect(refusal(await listCapUse(seller.actor, 'no-flow', Date.now())).kind).toBe('not-found')
})
