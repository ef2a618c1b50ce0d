import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { pool } from '../../db/client'
import {
  accepts,
  aLiveFlow,
  aManualStep,
  aPeer,
  aSeller,
  hangsUp,
  refuses,
  type Someone,
  says,
  testDatabase,
} from '../../db/testing/index'
import { intakeApp } from '../api/index'
import { setStepActive, updateFlow } from '../flows/index'
import { getLead } from '../leads/index'
import { forget, startRuntime } from '../runtime'
import { recoverRuns, runTest } from './index'

vi.hoisted(() => {
  process.env['BATON_RUNS_MAX_PER_ACCOUNT'] = '20'
})
testDatabase()

let seller: Someone
let first: Awaited<ReturnType<typeof aPeer>>
let second: Awaited<ReturnType<typeof aPeer>>

beforeAll(async () => {
  await startRuntime('intake')
  seller = await aSeller()
  first = await aPeer()
  second = await aPeer()
})
beforeEach(() => {
  first.now(accepts)
  second.now(accepts)
})

let number = 0
const submit = async (path: string, more: Record<string, string> = {}) => {
  const body = new URLSearchParams({ email: `r${++number}@example.com`, state: 'CA', ...more })
  const answer = await intakeApp.request(path, { method: 'POST', body })
  return {
    status: answer.status,
    body: (await answer.json()) as {
      outcome: string
      reason?: string
      lead: { id: string; status?: string }
      price: number
    },
  }
}
const eventsOf = async (leadId: string) => {
  const lead = await getLead(seller.actor, leadId)
  if (!lead.ok) throw new Error('no such lead')
  return lead.value
}
const twoBuyers = (more = {}) => ({
  ...more,
  steps: [
    aManualStep({ id: 'one', name: 'One', url: first.url }),
    aManualStep({ id: 'two', name: 'Two', url: second.url }),
  ],
})

describe('buyer steps that stand directly in the flow', () => {
  test('each get the lead, in order, and each leaves its event', async () => {
    const flow = await aLiveFlow(seller.actor, twoBuyers())
    const { body } = await submit(flow.path)
    const lead = await eventsOf(body.lead.id)
    expect(lead.events.map((event) => [event.type, event.name, event.outcome])).toEqual([
      ['delivery', 'One', 'accepted'],
      ['delivery', 'Two', 'accepted'],
      ['source', 'Web form', 'success'],
    ])
    expect(lead.revenueCents).toBe(9000)
  })

  test('one that accepts is enough, unless all must', async () => {
    first.now(refuses('Not wanted'))
    const any = await aLiveFlow(seller.actor, twoBuyers())
    expect((await submit(any.path)).body.outcome).toBe('success')
    const all = await aLiveFlow(seller.actor, twoBuyers({ succeed_when: 'all_accepted' }))
    expect((await submit(all.path)).body.outcome).not.toBe('success')
  })

  test('a broken buyer is named so on the lead, in words', async () => {
    first.now(says(401, {}))
    const flow = await aLiveFlow(seller.actor, twoBuyers())
    const lead = await eventsOf((await submit(flow.path)).body.lead.id)
    expect(lead.events[0]).toMatchObject({ outcome: 'error', alert: 'Authentication Failed', statusCode: 401 })
  })
})

describe('paused means paused', () => {
  test('a step switched off in another process, before the news of it arrives, gets no lead', async () => {
    const flow = await aLiveFlow(seller.actor, twoBuyers())
    await submit(flow.path)
    const before = first.received.length
    // As another process would, but without the NOTIFY that this one would hear.
    await pool()
      .sql`insert into step_switches (flow_id, step_id, account_id, active) values (${flow.flowId}, 'one', ${seller.account.id}, false)`
    await pool().sql`update accounts set config_version = config_version + 1 where id = ${seller.account.id}`
    const lead = await eventsOf((await submit(flow.path)).body.lead.id)
    expect(first.received.length).toBe(before)
    expect(lead.events.map((event) => [event.name, event.outcome])).toContainEqual(['One', 'skipped'])
    expect(lead.events.map((event) => [event.name, event.outcome])).toContainEqual(['Two', 'accepted'])
  })

  test('a step switched off while an earlier one is delivering gets no lead', async () => {
    const flow = await aLiveFlow(seller.actor, twoBuyers())
    first.now(async (request, response) => {
      await setStepActive(seller.actor, { flowId: flow.flowId, stepId: 'two', active: false })
      await accepts(request, response)
    })
    const before = second.received.length
    const lead = await eventsOf((await submit(flow.path)).body.lead.id)
    expect(second.received.length).toBe(before)
    expect(lead.events.map((event) => [event.name, event.outcome])).toContainEqual(['Two', 'skipped'])
  })
})

describe('what nobody can know is unknown', () => {
  test('a buyer that took the request and hung up: pending for the source, unknown on the lead, no charge', async () => {
    first.now(hangsUp)
    const flow = await aLiveFlow(seller.actor, { steps: [aManualStep({ url: first.url })] })
    const { body } = await submit(flow.path)
    expect(body).toMatchObject({ outcome: 'success', lead: { status: 'pending' }, price: 0 })
    const lead = await eventsOf(body.lead.id)
    expect(lead).toMatchObject({ status: 'pending', revenueCents: 0 })
    expect(lead.events[0]).toMatchObject({ outcome: 'unknown' })
  })

  test('the same body again joins it instead of being sold again', async () => {
    first.now(hangsUp)
    const flow = await aLiveFlow(seller.actor, { steps: [aManualStep({ url: first.url })] })
    const { body } = await submit(flow.path, { email: 'same@example.com' })
    first.now(accepts)
    const again = await submit(flow.path, { email: 'same@example.com' })
    expect(again.body.lead.id).toBe(body.lead.id)
  })
})

const open = async (sourceId: string) =>
  (await pool().sql`select 1 from runs where source_id = ${sourceId} and settled_at is null`).length

/** Leaves this process's runs behind, as kill -9 would: it goes on under another owner, and the old lease is over. */
async function dies(): Promise<void> {
  await forget('run-owner-lease')
  await forget('run-owner-id')
}
const recovered = async () => {
  // Nobody is taken for dead before Postgres itself has been up for a lease.
  await vi.waitFor(async () => expect(await recoverRuns()).toBeGreaterThan(0), { timeout: 30_000, interval: 500 })
}

describe('a process that dies', () => {
  test('leaves a lead that recovery finishes: unknown where it was being sent, the later steps as usual, no event twice', {
    timeout: 60_000,
  }, async () => {
    const flow = await aLiveFlow(seller.actor, twoBuyers())
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    first.now(async (request, response) => {
      await held
      await accepts(request, response)
    })
    const answer = submit(flow.path)
    await vi.waitFor(() => expect(first.received.at(-1)?.json()['email']).toBe(`r${number}@example.com`))
    const sent = first.received.length
    await dies()
    await recovered()
    // The dead process would say no more; here it does, and must find that the lead is not its own.
    await vi.waitFor(async () => expect(await open(flow.sourceId)).toBe(0))
    release()
    const { body } = await answer
    const lead = await eventsOf(body.lead.id)
    expect(lead.events.map((event) => [event.type, event.name, event.outcome])).toEqual([
      ['delivery', 'One', 'unknown'],
      ['delivery', 'Two', 'accepted'],
      ['source', 'Web form', 'success'],
    ])
    expect(first.received.length).toBe(sent)
    expect(lead.status).not.toBe('processing')
  })
})

describe('a lead with text that Postgres refuses', () => {
  test('is taken with that character replaced, and spoils no other lead of its batch', async () => {
    const reason = `${'x'.repeat(400)}{{lead.comments}}`
    const flow = await aLiveFlow(seller.actor, { acceptance: { rule: "lead.state == 'TX'", reason }, ...twoBuyers() })
    const fine = await aLiveFlow(seller.actor, { steps: [aManualStep({ url: first.url })] })
    const answers = await Promise.all([
      submit(flow.path, { comments: `${'y'.repeat(99)}😀` }),
      ...Array.from({ length: 8 }, () => submit(fine.path)),
    ])
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
  })
})

describe('a flow that is switched off while a lead is under way', () => {
  test('sends nothing more, and what was sold stays sold', async () => {
    const flow = await aLiveFlow(seller.actor, twoBuyers())
    first.now(async (request, response) => {
      await updateFlow(seller.actor, { flowId: flow.flowId, enabled: false })
      await accepts(request, response)
    })
    const before = second.received.length
    const { body } = await submit(flow.path)
    expect(body.outcome).toBe('success')
    expect(second.received.length).toBe(before)
    expect(await eventsOf(body.lead.id)).toMatchObject({ outcome: 'success', revenueCents: 4500 })
  })
})

describe('a run that breaks off in a living process', () => {
  test('is let go and finished by recovery', { timeout: 60_000 }, async () => {
    const flow = await aLiveFlow(seller.actor, { steps: [aManualStep({ url: first.url })] })
    const { body } = await submit(flow.path)
    // As it stands when a process lost track of it: open, its own, and carried by nobody.
    await pool().sql`
      insert into runs (lead_id, account_id, source_id, owner, state, created_at)
      select id, account_id, source_id, (select max(id::text)::uuid from run_owners), ${JSON.stringify({
        run: {
          leadId: body.lead.id,
          at: 0,
          results: [],
          trace: [],
          state: 'open',
          status: 'processing',
          costCents: 0,
          revenueCents: 0,
          isTest: false,
          receivedAt: Date.now(),
          random: 1,
          submission: { ip: '', userAgent: '' },
          source: { id: flow.sourceId, name: 'Web form' },
        },
        exchanges: {},
        version: 1,
        flowId: flow.flowId,
      })}, now() - interval '1 minute' from leads where id = ${body.lead.id}
      on conflict (lead_id) do update set settled_at = null, state = excluded.state, created_at = excluded.created_at`
    await vi.waitFor(
      async () => {
        await recoverRuns()
        expect(await open(flow.sourceId)).toBe(0)
      },
      { timeout: 40_000, interval: 500 },
    )
  })
})

describe('a journal whose connections break', () => {
  test('loses no lead that was answered, and doubles none', { timeout: 60_000 }, async () => {
    const flow = await aLiveFlow(seller.actor, { steps: [aManualStep({ url: first.url })] })
    const answered: string[] = []
    const refused: number[] = []
    const client = async () => {
      for (let index = 0; index < 25; index++) {
        const { status, body } = await submit(flow.path)
        if (status === 201) answered.push(body.lead.id)
        else refused.push(status)
      }
    }
    const breaks = async () => {
      for (let round = 0; round < 6; round++) {
        await new Promise((resolve) => setTimeout(resolve, 40))
        await pool()
          .sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'baton-%-journal' and datname = current_database()`
      }
    }
    await Promise.all([...Array.from({ length: 8 }, client), breaks()])
    expect(answered.length + refused.length).toBe(200)
    expect(refused.every((status) => status === 503)).toBe(true)
    const rows = await pool().sql`
      select l.id from leads l where l.id = any(${answered}::uuid[]) and l.status <> 'processing'
        and (select count(*) from events e where e.lead_id = l.id and e.type = 'source') = 1
        and (select count(*) from events e where e.lead_id = l.id and e.type = 'delivery') = 1`
    expect(rows.length).toBe(answered.length)
    const ids = first.received.map((request) => request.headers['idempotency-key'])
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('a buyer that hangs', () => {
  test('holds no more runs than its account may have; the others are told to send again, and nothing was taken', {
    timeout: 30_000,
  }, async () => {
    const flow = await aLiveFlow(seller.actor, { steps: [aManualStep({ url: first.url })] })
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    first.now(async (request, response) => {
      await held
      await accepts(request, response)
    })
    const waiting = Array.from({ length: 20 }, () => submit(flow.path))
    await new Promise((resolve) => setTimeout(resolve, 300))
    const refused = await submit(flow.path)
    expect(refused.status).toBe(503)
    const other = await aSeller()
    const theirs = await aLiveFlow(other.actor, { steps: [aManualStep({ url: second.url })] })
    expect((await submit(theirs.path)).body.outcome).toBe('success')
    release()
    expect((await Promise.all(waiting)).every(({ body }) => body.outcome === 'success')).toBe(true)
  })
})

describe('the test console', () => {
  test('runs the draft on a real path and shows request, answer and outcome; counts nowhere', async () => {
    const flow = await aLiveFlow(seller.actor, { steps: [aManualStep({ url: first.url })] })
    const result = await runTest(seller.actor, {
      flowId: flow.flowId,
      lead: { email: 'test@example.com', phone_1: '5555551234' },
    })
    expect(result.ok && result.value).toMatchObject({
      outcome: 'success',
      steps: [{ outcome: 'accepted', response: { status: 201 } }],
    })
    const [rollup] = await pool()
      .sql`select 1 from rollups where account_id = ${seller.account.id} and subject_id = ${flow.flowId}`
    expect(rollup).toBeUndefined()
  })

  test('a dry run sends nothing and leaves nothing in the log', async () => {
    const flow = await aLiveFlow(seller.actor, { steps: [aManualStep({ url: first.url })] })
    const before = first.received.length
    const result = await runTest(seller.actor, {
      flowId: flow.flowId,
      lead: { email: 'dry@example.com' },
      dryRun: true,
    })
    expect(result.ok && result.value.leadId).toBeUndefined()
    expect(result.ok && result.value.steps[0]?.request?.body).toContain('dry@example.com')
    expect(first.received.length).toBe(before)
  })

  test("is not for another account's flow", async () => {
    const flow = await aLiveFlow(seller.actor, { steps: [aManualStep({ url: first.url })] })
    const other = await aSeller()
    const result = await runTest(other.actor, { flowId: flow.flowId, lead: {} })
    expect(result.ok ? 'ran' : result.error.kind).toBe('not-found')
  })
})
