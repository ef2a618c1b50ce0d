import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { db } from '../../db/client'
import { auditEntries, breakers, outboxMails } from '../../db/schema/index'
import {
  aBuyer,
  aConnection,
  accepts,
  aDestination,
  aLiveFlow,
  aManualStep,
  aPeer,
  aSeller,
  must,
  refuses,
  type Someone,
  says,
  someProcesses,
  testDatabase,
} from '../../db/testing/index'
import { type SourceAnswer, submit } from '../../db/testing/source'
import { getDestination, holdDestinationCircuit } from '../destinations/index'
import type { FlowDocumentInput } from '../engine/index'
import { getFlow, holdStepCircuit } from '../flows/index'
import { getLead } from '../leads/index'
import { releaseHeld } from '../runs/index'
import { startRuntime } from '../runtime'
import { shutTargets, tellOfCircuits } from './index'

testDatabase()

let seller: Someone
beforeAll(async () => {
  await startRuntime('intake')
  seller = await aSeller()
})

const fails = says(503, { error: 'down for maintenance' })
const strict = () => ({
  failure_detection: {
    circuit_breaker: { failure_threshold: 5, time_window: '5 minutes', recovery_timeout: '30 minutes' },
  },
  failover_chain: [],
})

/** A slow machine takes its time. */
const patient = { timeout: 60_000 }
const eventually = <T>(what: () => T | Promise<T>) => expect.poll(what, { timeout: 30_000 })

const eachOf = <T>(count: number, make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)))

type Steps = NonNullable<FlowDocumentInput['steps']>
const inOrder = (...buyers: object[]): FlowDocumentInput => ({
  steps: [{ id: 'group', type: 'distribution', name: 'Group', buyers }] as Steps,
})

/** As if the time had come at which an open circuit may be tried. */
async function comeDue(target: string): Promise<void> {
  const until = sql`to_jsonb((extract(epoch from clock_timestamp()) * 1000)::bigint - 1)`
  const [row] = await db()
    .update(breakers)
    .set({
      state: sql`jsonb_set(${breakers.state}, '{door,until}', ${until})`,
      revision: sql`${breakers.revision} + 1`,
    })
    .where(eq(breakers.target, target))
    .returning({ accountId: breakers.accountId })
  await db().execute(sql`select pg_notify('baton_breaker', ${`${row?.accountId} ${target}`})`)
}
const isDue = (target: string) => () => {
  const door = shutTargets().get(target)?.door
  return door?.state === 'open' && door.until <= Date.now()
}
const stateOf = async (flowId: string, stepId: string) => {
  const flow = await getFlow(seller.actor, flowId)
  return flow.ok ? flow.value.steps.find((step) => step.stepId === stepId)?.circuit : undefined
}

const tries = { max_attempts: 3, first_delay: '30 seconds', backoff: 2, max_delay: '1 hour', max_age: '1 day' }

describe('a buyer that fails, with three processes that take leads', patient, () => {
  let made: Awaited<ReturnType<typeof someProcesses>>
  beforeAll(async () => {
    made = await someProcesses(3)
  })
  afterAll(() => made.stop())

  test('is called a few times and tried by one lead; no lead is lost, and all come again when it answers', async () => {
    const [failing, backup] = await Promise.all([aPeer(fails), aPeer()])
    const flow = await aLiveFlow(
      seller.actor,
      inOrder(
        aManualStep({ id: 'main', name: 'Main', url: failing.url, failover: strict() }),
        aManualStep({ id: 'backup', name: 'Backup', url: backup.url }),
      ),
    )
    const target = `step:${flow.flowId}/main`
    const { processes } = made
    const submitFrom = (index: number) => {
      const inside = processes[index % processes.length]
      if (!inside) throw new Error('there are processes')
      return inside(() => submit(flow.path))
    }

    const client = async (index: number) => {
      const answers: SourceAnswer[] = []
      for (let lead = 0; lead < 8; lead++) answers.push(await submitFrom(index))
      return answers
    }
    const answers = (await eachOf(12, client)).flat()
    expect(answers.filter(({ outcome }) => outcome === 'success')).toHaveLength(96)
    expect(backup.received).toHaveLength(96)
    // Five failures open it in any process, and three more calls of each may be under way then.
    expect(failing.received.length).toBeLessThanOrEqual(3 * 8)
    expect(await stateOf(flow.flowId, 'main')).toMatchObject({ standing: 'open' })

    let answer: (() => void) | undefined
    failing.now((request, response) => {
      answer = () => void accepts(request, response)
    })
    const before = failing.received.length
    await comeDue(target)
    for (const inside of processes) await inside(() => eventually(isDue(target)).toBe(true))
    const trying = eachOf(30, submitFrom)
    await eventually(() => backup.received.length).toBe(96 + 29)
    expect(failing.received.length - before).toBe(1)
    expect(await stateOf(flow.flowId, 'main')).toMatchObject({ standing: 'probing' })
    answer?.()
    expect((await trying).filter(({ outcome }) => outcome === 'success')).toHaveLength(30)

    failing.now(accepts)
    for (const inside of processes) await inside(() => eventually(async () => shutTargets().has(target)).toBe(false))
    await eachOf(9, submitFrom)
    expect(failing.received.length - before).toBe(1 + 9)
    expect(await stateOf(flow.flowId, 'main')).toMatchObject({ standing: 'closed', words: null })
  })
})

/** Opens the circuit of a flow's only step. */
const failFive = async (path: string) => {
  for (let lead = 0; lead < 5; lead++) await submit(path)
}

describe('the circuit of a step', patient, () => {
  test('of a healthy buyer leaves nothing behind, whatever it answers', async () => {
    const peer = await aPeer()
    const flow = await aLiveFlow(seller.actor, { steps: [aManualStep({ url: peer.url, failover: strict() })] })
    await eachOf(10, () => submit(flow.path))
    peer.now(refuses('Not this one'))
    await eachOf(10, () => submit(flow.path))
    const rows = await db()
      .select()
      .from(breakers)
      .where(eq(breakers.target, `step:${flow.flowId}/buyer`))
    expect(rows).toEqual([])
  })

  test('ends a lead that nobody else takes with its reason, and opens again when the try fails', async () => {
    const peer = await aPeer(fails)
    const flow = await aLiveFlow(seller.actor, { steps: [aManualStep({ url: peer.url, failover: strict() })] })
    const target = `step:${flow.flowId}/buyer`
    await failFive(flow.path)
    expect((await submit(flow.path)).reason).toMatch(/^Circuit open after 5 failures, next try \d\d:\d\d UTC$/)
    expect(peer.received).toHaveLength(5)
    await eventually(async () => (await stateOf(flow.flowId, 'buyer'))?.standing).toBe('open')
    await comeDue(target)
    await eventually(isDue(target)).toBe(true)
    await submit(flow.path)
    expect((await submit(flow.path)).reason).toMatch(/^Circuit open after 6 failures/)
    expect(peer.received).toHaveLength(6)
  })

  test('keeps leads waiting where the step tries again, and they go out when it may', async () => {
    const peer = await aPeer(fails)
    const flow = await aLiveFlow(seller.actor, {
      steps: [aManualStep({ url: peer.url, failover: strict(), retry: tries })],
    })
    const target = `step:${flow.flowId}/buyer`
    await failFive(flow.path)
    const waiting = await submit(flow.path)
    expect(waiting.lead.status).toBe('pending')
    expect(peer.received).toHaveLength(5)
    await eventually(async () => (await stateOf(flow.flowId, 'buyer'))?.standing).toBe('open')
    peer.now(accepts)
    await comeDue(target)
    await eventually(isDue(target)).toBe(true)
    await db().execute(
      sql`update held_leads set wish = 'release', due_at = now() where lead_id = ${waiting.lead.id}::uuid`,
    )
    await releaseHeld()
    const statusOf = async () => {
      const lead = await getLead(seller.actor, waiting.lead.id)
      return lead.ok ? lead.value.events.find(({ type }) => type === 'delivery')?.outcome : undefined
    }
    await eventually(statusOf).toBe('accepted')
  })

  test('is held and reset by its owner, at once, and that is in the audit log', async () => {
    const peer = await aPeer()
    const flow = await aLiveFlow(seller.actor, { steps: [aManualStep({ url: peer.url })] })
    const hold = (action: string, actor = seller.actor) =>
      holdStepCircuit(actor, { flowId: flow.flowId, stepId: 'buyer', action })
    expect(await hold('hold_open')).toMatchObject({ ok: true, value: { standing: 'held_open' } })
    await eventually(async () => (await submit(flow.path)).reason).toBe('Circuit held open by its owner')
    expect(await hold('hold_closed')).toMatchObject({ ok: true, value: { standing: 'held_closed', words: null } })
    await eventually(async () => (await submit(flow.path)).outcome).toBe('success')
    peer.now(fails)
    const called = peer.received.length
    await eachOf(15, () => submit(flow.path))
    expect(peer.received.length - called).toBe(15)
    expect(await hold('reset')).toMatchObject({ ok: true, value: { standing: 'closed', failures: 0 } })
    const audit = await db()
      .select({ action: auditEntries.action })
      .from(auditEntries)
      .where(eq(auditEntries.subjectId, `${flow.flowId}/buyer`))
    expect(audit.map(({ action }) => action).sort()).toEqual([
      'circuit.hold-closed',
      'circuit.hold-open',
      'circuit.reset',
    ])
    const stranger = await aSeller()
    expect(await hold('reset', stranger.actor)).toMatchObject({ ok: false, error: { kind: 'not-found' } })
  })

  test('is told to its people by mail when it opens, and when it closes', async () => {
    const owner = await aSeller()
    const peer = await aPeer(fails)
    const flow = await aLiveFlow(owner.actor, {
      steps: [aManualStep({ name: 'Coastal', url: peer.url, failover: strict() })],
    })
    const target = `step:${flow.flowId}/buyer`
    const mails = () =>
      db()
        .select({ subject: outboxMails.subject, text: outboxMails.text })
        .from(outboxMails)
        .where(eq(outboxMails.to, owner.user.email))
    await failFive(flow.path)
    await eventually(tellOfCircuits).toBeGreaterThan(0)
    expect(await tellOfCircuits()).toBe(0)
    const [opened, ...rest] = await mails()
    expect(rest).toEqual([])
    expect(opened?.subject).toBe('Coastal is failing: its circuit is open')
    expect(opened?.text).toContain('after 5 failures')
    expect(opened?.text).toContain('503')
    peer.now(accepts)
    await comeDue(target)
    await eventually(isDue(target)).toBe(true)
    await submit(flow.path)
    await eventually(tellOfCircuits).toBe(1)
    expect((await mails()).map(({ subject }) => subject).sort()).toEqual([
      'Coastal is failing: its circuit is open',
      'Coastal works again: its circuit is closed',
    ])
  })
})

describe('the circuit of a destination', patient, () => {
  /** A seller's flow that delivers to a buyer's destination. */
  async function sellsTo(buyer: Someone, destinationId: string) {
    const one = await aSeller()
    const connectionId = await aConnection(one, buyer, destinationId)
    const flow = await aLiveFlow(one.actor, {
      steps: [
        {
          id: 'invited',
          type: 'buyer',
          name: 'Invited',
          connection: { method: 'invite', connection_id: connectionId, shared_fields: ['email', 'state'] },
          rules: { active: true },
          failover: strict(),
        },
      ] as Steps,
    })
    return { ...flow, one }
  }

  test('is one for all sellers, is told to both sides, and only the buyer holds it', async () => {
    const [buyer, peer] = await Promise.all([aBuyer({ name: 'Sunset Mutual' }), aPeer(fails)])
    const id = await aDestination(buyer, peer.url)
    const [first, second] = [await sellsTo(buyer, id), await sellsTo(buyer, id)]
    await failFive(first.path)
    expect((await submit(second.path)).reason).toMatch(/^Circuit open after 5 failures/)
    expect(peer.received).toHaveLength(5)

    await eventually(tellOfCircuits).toBeGreaterThan(0)
    const told = await db()
      .select({ to: outboxMails.to, subject: outboxMails.subject, text: outboxMails.text })
      .from(outboxMails)
      .where(eq(outboxMails.kind, 'circuit'))
    const mailTo = (someone: Someone) => told.find(({ to }) => to === someone.user.email)
    expect(mailTo(buyer)?.subject).toMatch(/^Intake \S+ is failing: its circuit is open$/)
    expect(mailTo(first.one)?.subject).toBe('Sunset Mutual is failing: its circuit is open')
    // What the buyer's system said to one seller's lead is nothing for another.
    expect(mailTo(second.one)?.text).not.toContain('503')

    const byBuyer = must(await getDestination(buyer.actor, id)).circuit
    expect(byBuyer).toMatchObject({ standing: 'open', failures: 5, lastFailure: expect.stringContaining('503') })
    const bySeller = must(await getFlow(second.one.actor, second.flowId)).steps[0]?.circuit
    expect(bySeller).toMatchObject({ standing: 'open' })
    expect(bySeller).not.toHaveProperty('lastFailure')

    const held = await holdStepCircuit(second.one.actor, { flowId: second.flowId, stepId: 'invited', action: 'reset' })
    expect(held).toMatchObject({ ok: false, error: { kind: 'conflict' } })
    expect(await holdDestinationCircuit(second.one.actor, { id, action: 'reset' })).toMatchObject({
      ok: false,
      error: { kind: 'not-found' },
    })
    peer.now(accepts)
    must(await holdDestinationCircuit(buyer.actor, { id, action: 'reset' }))
    await eventually(async () => (await submit(second.path)).outcome).toBe('success')
  })
})
