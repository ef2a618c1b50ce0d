import { describe, expect, test } from 'vitest'
import { aBuyer, aLiveFlow, aSeller, testDatabase } from '../../db/testing/index'
import { listAudit } from '../audit/index'
import { createField, deleteField, listCustomFields, listFields, updateField } from './index'

testDatabase()

const loyalty = { name: 'loyalty_tier', type: 'string', label: 'Loyalty tier' } as const

describe('a field of one’s own', () => {
  test('is offered before the standard ones, to its own account only', async () => {
    const { actor } = await aSeller()
    const other = await aSeller()
    expect(await createField(actor, { ...loyalty, description: 'Gold, silver or none' })).toMatchObject({ ok: true })
    const [first, second] = await listFields(actor)
    expect(first).toMatchObject({ ...loyalty, custom: true, description: 'Gold, silver or none' })
    expect(second).toMatchObject({ name: 'first_name', custom: false, example: 'Ana' })
    expect((await listFields(other.actor)).some(({ name }) => name === loyalty.name)).toBe(false)
    expect(await updateField(other.actor, { name: loyalty.name, label: 'Mine' })).toMatchObject({
      ok: false,
      error: { kind: 'not-found' },
    })
  })

  test('may not bear a name that means something already', async () => {
    const { actor } = await aSeller()
    for (const name of ['email', 'zip', 'password', 'id']) {
      expect(await createField(actor, { ...loyalty, name })).toMatchObject({ ok: false, error: { kind: 'conflict' } })
    }
    expect(await createField(actor, loyalty)).toMatchObject({ ok: true })
    expect(await createField(actor, loyalty)).toMatchObject({
      ok: false,
      error: { kind: 'conflict', issues: [{ path: 'name' }] },
    })
    expect(await createField(actor, { ...loyalty, name: '2 names' })).toMatchObject({
      ok: false,
      error: { kind: 'invalid' },
    })
  })

  test('says which flows use it, and leaves them as they are when it changes or goes', async () => {
    const { actor } = await aSeller()
    await createField(actor, loyalty)
    const { flowId } = await aLiveFlow(actor, { fields: [{ ...loyalty }], succeed_when: 'always', steps: [] })
    expect(await listCustomFields(actor)).toMatchObject([{ ...loyalty, flows: [{ id: flowId }] }])
    expect(await updateField(actor, { name: loyalty.name, type: 'number' })).toMatchObject({ ok: true })
    expect(await listCustomFields(actor)).toMatchObject([{ type: 'number', label: 'Loyalty tier' }])
    expect(await deleteField(actor, { name: loyalty.name })).toMatchObject({ ok: true })
    expect(await listCustomFields(actor)).toEqual([])
    const { entries } = await listAudit(actor)
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['field.create', 'field.update', 'field.delete']),
    )
  })

  test('is made by members of accounts that sell', async () => {
    const viewer = await aSeller({ role: 'viewer' })
    const buyer = await aBuyer()
    for (const { actor } of [viewer, buyer])
      expect(await createField(actor, loyalty)).toMatchObject({ ok: false, error: { kind: 'forbidden' } })
  })
})
