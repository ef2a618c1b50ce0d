import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '../../db/client'
import { auditEntries } from '../../db/schema/index'
import {
  aBuyer,
  aConnection,
  aDestination,
  aLiveFlow,
  aManualStep,
  aSeller,
  must,
  refusal,
  type Someone,
  testDatabase,
} from '../../db/testing/index'
import { getConnection, revokeConnection, setConnectionPartner } from '../connections/index'
import { createFlow, createSource, getFlow, importFlow, publishFlow, saveDraft, updateSource } from '../flows/index'
import type { Result } from '../result'
import {
  createPartner,
  deletePartner,
  getPartner,
  listPartnerNames,
  listPartners,
  partnerCapUse,
  updatePartner,
} from './index'

testDatabase()

const url = 'https://buyer.example/leads'
const stepOf = (partner_id: string, more: object = {}) => aManualStep({ url, partner_id, ...more })
const made = async (seller: Someone, given: object) => must(await createPartner(seller.actor, given))

/** The seller's record of the buyer of a connection. */
async function recordOf(seller: Someone, connectionId: string) {
  const view = must(await getConnection(seller.actor, connectionId))
  if (view.side !== 'seller') throw new Error('not the seller’s side')
  return view.partnerRecord
}
const aConnected = async (seller: Someone, given: { email?: string; name?: string } = {}) => {
  const buyer = await aBuyer(given)
  return { buyer, connection: await aConnection(seller, buyer, await aDestination(buyer, url)) }
}

describe('a partner', () => {
  test('is made, found by a part of its name, changed and deleted; each change is in the audit log', async () => {
    const seller = await aSeller()
    const given = {
      name: 'Coastal Mutual',
      contactName: 'Ben Ortiz',
      email: 'ben@coastal.example',
      phone: '+1 512 789 1111',
    }
    const { id } = await made(seller, given)
    expect(await made(seller, { name: 'Acme', type: 'introducer' })).toMatchObject({ status: 'active', caps: null })
    expect((await listPartners(seller.actor)).data.map(({ name }) => name)).toEqual(['Acme', 'Coastal Mutual'])
    expect((await listPartners(seller.actor, { q: 'ORTIZ' })).data).toMatchObject([{ id, ...given, type: 'partner' }])
    const first = await listPartners(seller.actor, { limit: 1 })
    const rest = await listPartners(seller.actor, { limit: 1, ...(first.nextCursor && { cursor: first.nextCursor }) })
    expect([first, rest].map(({ data }) => data[0]?.name)).toEqual(['Acme', 'Coastal Mutual'])
    expect(rest.nextCursor).toBeUndefined()
    must(await updatePartner(seller.actor, { id, notes: 'Pays on Fridays', caps: { daily: 50 } }))
    must(await updatePartner(seller.actor, { id, status: 'paused' }))
    expect(must(await getPartner(seller.actor, id))).toMatchObject({ ...given, status: 'paused', caps: { daily: 50 } })
    must(await updatePartner(seller.actor, { id, caps: { daily: 0 } }))
    expect(must(await getPartner(seller.actor, id)).caps).toBeNull()
    must(await deletePartner(seller.actor, { id }))
    expect((await listPartnerNames(seller.actor)).map(({ name }) => name)).toEqual(['Acme'])
    const log = await db().select().from(auditEntries).where(eq(auditEntries.subjectId, id)).orderBy(auditEntries.id)
    expect(log.map(({ action }) => action)).toEqual([
      'partner.create',
      'partner.update',
      'partner.pause',
      'partner.update',
      'partner.delete',
    ])
    expect(log[2]).toMatchObject({ before: { status: 'active' }, after: { status: 'paused' } })
  })

  test('has a name of its own, letter case aside, and settings that make sense', async () => {
    const seller = await aSeller()
    const { id } = await made(seller, { name: 'Coastal' })
    await made(seller, { name: 'Acme' })
    expect(refusal(await createPartner(seller.actor, { name: 'COASTAL' }))).toMatchObject({ kind: 'conflict' })
    expect(refusal(await updatePartner(seller.actor, { id, name: 'acme' })).issues).toMatchObject([{ path: 'name' }])
    const wrong = { name: ' ', email: 'ben@', phone: 'call me', caps: { daily: -1 }, schedule: { days: [] } }
    expect(refusal(await createPartner(seller.actor, wrong)).issues?.map(({ path }) => path)).toEqual([
      'name',
      'email',
      'phone',
      'caps.daily',
      'schedule.days',
    ])
    const zone = await updatePartner(seller.actor, { id, caps: { daily: 1, timezone: 'Mars/Base' } })
    expect(refusal(zone).issues).toMatchObject([{ path: 'caps.timezone' }])
  })

  test('of somebody else is not found, and viewers and buyers change none', async () => {
    const [seller, stranger] = await Promise.all([aSeller(), aSeller()])
    const { id } = await made(seller, { name: 'Coastal', caps: { daily: 1 } })
    const found = [
      await getPartner(stranger.actor, id),
      await partnerCapUse(stranger.actor, id, Date.now()),
      await updatePartner(stranger.actor, { id, notes: 'x' }),
      await deletePartner(stranger.actor, { id }),
      await deletePartner(stranger.actor, { id: 'none' }),
      await getPartner(stranger.actor, 'none'),
    ]
    for (const result of found) expect(refusal(result as Result<unknown>).kind).toBe('not-found')
    expect((await listPartners(stranger.actor)).data).toEqual([])
    const [viewer, buyer] = await Promise.all([aSeller({ role: 'viewer' }), aBuyer()])
    expect(refusal(await createPartner(viewer.actor, { name: 'X' })).kind).toBe('forbidden')
    expect(refusal(await createPartner(buyer.actor, { name: 'X' })).kind).toBe('forbidden')
  })
})

describe('a step names its partner', () => {
  test('of this account, else its flow can’t be published; an import leaves a foreign one out', async () => {
    const [seller, stranger] = await Promise.all([aSeller(), aSeller()])
    const { id } = await made(stranger, { name: 'Coastal' })
    const flow = must(await createFlow(seller.actor, { name: 'Solar' }))
    const document = { steps: [stepOf(id)] }
    const saved = must(await saveDraft(seller.actor, { flowId: flow.id, document }))
    expect(saved.problems).toContainEqual(
      expect.objectContaining({ severity: 'error', path: 'steps.0.partner_id', stepId: 'buyer' }),
    )
    expect(refusal(await publishFlow(seller.actor, { flowId: flow.id }))).toMatchObject({
      kind: 'conflict',
      issues: [{ path: 'steps.0.partner_id', message: 'There is no such partner in this account.' }],
    })
    const imported = must(await importFlow(seller.actor, { document }))
    expect(imported.notes).toContain('Buyer has no partner here: choose one.')
    expect(JSON.stringify(imported.document)).not.toContain(id)
  })

  test('and is warned where nothing would come of it', async () => {
    const seller = await aSeller()
    const [paused, introducer] = await Promise.all([
      made(seller, { name: 'Paused' }),
      made(seller, { name: 'Feeder', type: 'introducer' }),
    ])
    must(await updatePartner(seller.actor, { id: paused.id, status: 'paused' }))
    const steps = [stepOf(paused.id), stepOf(introducer.id, { id: 'other' })]
    const { flowId } = await aLiveFlow(seller.actor, { steps })
    const view = must(await getFlow(seller.actor, flowId))
    expect(view.problems.filter(({ path }) => path.endsWith('partner_id')).map(({ message }) => message)).toEqual([
      'Every lead skips this step: Paused is paused.',
      'Feeder is an introducer, whom you buy from. Make it both, as you sell to it too.',
    ])
    expect(view.steps[0]).toMatchObject({ blocked: 'Partner paused', partner: { name: 'Paused', status: 'paused' } })
  })

  test('which says where it is used, and stays while leads meet it there', async () => {
    const seller = await aSeller()
    const { id } = await made(seller, { name: 'Both ways', type: 'both' })
    const flow = await aLiveFlow(seller.actor, { steps: [stepOf(id)] }, { settings: { partner_id: id } })
    expect(must(await getPartner(seller.actor, id)).uses).toMatchObject([
      { kind: 'step', flowId: flow.flowId, stepId: 'buyer', live: true },
      { kind: 'source', sourceId: flow.sourceId, name: 'Web form', live: true },
    ])
    expect(refusal(await deletePartner(seller.actor, { id })).message).toMatch(/Buyer, .* › Web form/)
    must(await saveDraft(seller.actor, { flowId: flow.flowId, document: { steps: [aManualStep({ url })] } }))
    must(await publishFlow(seller.actor, { flowId: flow.flowId }))
    const { flowId, sourceId } = flow
    must(await updateSource(seller.actor, { flowId, sourceId, settings: { partner_id: null } }))
    must(await deletePartner(seller.actor, { id }))
  })
})

test('a source is bought from an introducer of the account', async () => {
  const [seller, stranger] = await Promise.all([aSeller(), aSeller()])
  const { id: flowId } = must(await createFlow(seller.actor, { name: 'Solar' }))
  const partners = [await made(seller, { name: 'Buyer' }), await made(stranger, { name: 'Feeder', type: 'introducer' })]
  for (const { id } of partners) {
    const refused = refusal(await createSource(seller.actor, { flowId, name: 'X', settings: { partner_id: id } }))
    expect(refused.issues).toMatchObject([{ path: 'settings.partner_id' }])
  }
})

describe('a buyer that accepts its invitation', () => {
  test('gets a record of its own name, with a number where another partner is called so', async () => {
    const seller = await aSeller()
    await made(seller, { name: 'coastal mutual' })
    const { connection, buyer } = await aConnected(seller, { name: 'Coastal Mutual' })
    const record = await recordOf(seller, connection)
    expect(record).toMatchObject({ name: 'Coastal Mutual (2)', type: 'partner', status: 'active' })
    expect(must(await getPartner(seller.actor, record?.id ?? ''))).toMatchObject({
      email: buyer.user.email,
      connections: [{ id: connection, name: 'Coastal Mutual' }],
    })
    expect(JSON.stringify(await getConnection(buyer.actor, connection))).not.toContain(record?.id)
  })

  test('is the partner that has the invited address, who is sold to from now on', async () => {
    const seller = await aSeller()
    const { id } = await made(seller, { name: 'Feeder', type: 'introducer', email: 'Ana@Feeder.example' })
    const { connection } = await aConnected(seller, { email: 'ana@feeder.example' })
    expect(await recordOf(seller, connection)).toMatchObject({ id, type: 'both' })
  })

  test('belongs to another partner when its seller says so; only then that record may go', async () => {
    const [seller, stranger] = await Promise.all([aSeller(), aSeller()])
    const { connection: id, buyer } = await aConnected(seller)
    const record = await recordOf(seller, id)
    const [other, foreign, feeder] = await Promise.all([
      made(seller, { name: 'Other' }),
      made(stranger, { name: 'Foreign' }),
      made(seller, { name: 'Feeder', type: 'introducer' }),
    ])
    expect(refusal(await deletePartner(seller.actor, { id: record?.id })).kind).toBe('conflict')
    const give = (actor: Someone['actor'], partnerId: string) => setConnectionPartner(actor, { id, partnerId })
    expect(refusal(await give(buyer.actor, other.id)).kind).toBe('forbidden')
    expect(refusal(await give(stranger.actor, foreign.id)).kind).toBe('not-found')
    expect(refusal(await give(seller.actor, foreign.id)).kind).toBe('not-found')
    expect(refusal(await give(seller.actor, feeder.id)).kind).toBe('conflict')
    must(await give(seller.actor, other.id))
    expect(await recordOf(seller, id)).toMatchObject({ id: other.id })
    must(await deletePartner(seller.actor, { id: record?.id }))
    must(await revokeConnection(seller.actor, { id }))
    must(await deletePartner(seller.actor, { id: other.id }))
    expect(await recordOf(seller, id)).toBeNull()
  })
})
