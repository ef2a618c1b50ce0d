import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { aBuyer, aSeller, must, refusal, type Someone, testDatabase } from '../../db/testing/index'
import type { FlowDocumentInput } from '../engine/index'
import { createFlow, createSource, loadFlow, publishFlow, saveDraft, updateSource } from '../flows/index'
import type { Result } from '../result'
import {
  addValues,
  createList,
  deleteList,
  findValues,
  getList,
  listLists,
  removeValues,
  renameList,
  valuesOnList,
} from './index'
import type { CreateListInput } from './schema'

testDatabase()

let seller: Someone
beforeAll(async () => {
  seller = await aSeller()
})

const aList = async (given: CreateListInput, ...values: string[]) => {
  const list = must(await createList(seller.actor, given))
  if (values.length > 0) must(await addValues(seller.actor, { id: list.id, values }))
  return list
}
const valuesIn = async (id: string) => must(await findValues(seller.actor, { id })).values

type Rule = NonNullable<FlowDocumentInput['acceptance']>['rule']

async function aLiveFlow(rule: Rule, name = 'Solar') {
  const { id } = must(await createFlow(seller.actor, { name }))
  const document = {
    fields: [
      { name: 'email', type: 'email' },
      { name: 'postal_code', type: 'postal_code' },
    ],
    acceptance: { rule },
    succeed_when: 'always',
  }
  const { problems } = must(await saveDraft(seller.actor, { flowId: id, document }))
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  must(await publishFlow(seller.actor, { flowId: id }))
  return id
}

describe('an upload', () => {
  test('is read by the type of the list, without doubles, and says what it left out', async () => {
    const { id } = await aList({ name: 'Known phones', type: 'phone' })
    const text = 'Phone,Name\n(512) 789-1111,Ann\n512.789.1111,"Bob\nJr"\n,nobody\n12,Cid\n+1 512 789 2222,Dee\n'
    const report = must(await addValues(seller.actor, { id, text }))
    expect(report).toEqual({
      added: 2,
      known: 1,
      refusedCount: 1,
      refused: [{ line: 6, value: '12', reason: 'It is no phone.' }],
      size: 2,
    })
    expect(await valuesIn(id)).toEqual(['5127891111', '5127892222'])
  })

  test('may name its column, and a wrong one is refused with those that there are', async () => {
    const { id } = await aList({ name: 'Cities' })
    const text = 'id;town\n1;Austin\n2;AUSTIN\n3;"Dallas; TX"\n'
    expect(must(await addValues(seller.actor, { id, text, column: 'Town' })).added).toBe(2)
    expect(await valuesIn(id)).toEqual(['austin', 'dallas; tx'])
    expect(refusal(await addValues(seller.actor, { id, text, column: 'state' })).message).toBe(
      'There is no column “state”; there are id, town.',
    )
  })

  test('may take the place of what was there', async () => {
    const { id } = await aList({ name: 'Areas', type: 'postal_code' }, '78704', '78705')
    expect(must(await addValues(seller.actor, { id, text: '78704\n10001', replace: true }))).toMatchObject({ size: 2 })
    expect(await valuesIn(id)).toEqual(['10001', '78704'])
  })

  test('of a hundred thousand values is taken, and of more refused', async () => {
    const { id } = await aList({ name: 'Many', type: 'email' })
    const lines = Array.from({ length: 100_000 }, (_, at) => `Person${at}@Example.com`)
    expect(must(await addValues(seller.actor, { id, text: lines.join('\n') }))).toMatchObject({
      added: 100_000,
      known: 0,
    })
    expect(refusal(await addValues(seller.actor, { id, text: [...lines, 'a@b.com'].join('\n') })).message).toMatch(
      /100001 values; at most 100000/,
    )
    expect(await valuesOnList(seller.actor.accountId, id, [' PERSON7@example.com', 'no@example.com'])).toEqual([
      ' PERSON7@example.com',
    ])
  }, 60_000)
})

describe('a list of hashes', () => {
  test('takes digests as they are and hashes what is clear', async () => {
    const digest = createHash('sha256').update('ann@example.com').digest('hex')
    const { id } = await aList({ name: 'Hashed', type: 'email', hash: 'sha256' })
    const report = must(
      await addValues(seller.actor, { id, values: [digest.toUpperCase(), 'Ann@Example.com', 'nobody'] }),
    )
    expect(report).toMatchObject({ added: 1, known: 1, refusedCount: 1 })
    expect(await valuesIn(id)).toEqual([digest])
    expect(must(await findValues(seller.actor, { id, q: 'ANN@example.com' })).values).toEqual([digest])
    expect(await valuesOnList(seller.actor.accountId, id, ['ANN@example.com', 'bob@example.com'])).toEqual([
      'ANN@example.com',
    ])
  })

  test('is the only kind for what is never kept in clear', async () => {
    expect(refusal(await createList(seller.actor, { name: 'SSNs', type: 'ssn' })).issues?.[0]?.path).toBe('hash')
    const { id } = await aList({ name: 'SSNs', type: 'ssn', hash: 'sha1' }, '123-45-6789')
    expect(await valuesIn(id)).toEqual([expect.stringMatching(/^[0-9a-f]{40}$/)])
  })
})

test('values are found by how they begin, a page at a time, and are taken out however they are written', async () => {
  const { id } = await aList({ name: 'People', type: 'email' }, 'a_1@x.com', 'ab2@x.com', 'b@x.com', 'c@x.com')
  expect(must(await findValues(seller.actor, { id, q: 'A_' })).values).toEqual(['a_1@x.com'])
  const first = must(await findValues(seller.actor, { id, limit: 3 }))
  expect(first.nextCursor).toBe('b@x.com')
  expect(must(await findValues(seller.actor, { id, cursor: 'b@x.com' })).values).toEqual(['c@x.com'])
  expect(must(await removeValues(seller.actor, { id, values: [' B@X.COM', 'z@x.com'] }))).toEqual({
    removed: 1,
    size: 3,
  })
})

test('names are told apart without regard to letter case', async () => {
  const { id } = await aList({ name: 'VIP' })
  expect(refusal(await createList(seller.actor, { name: 'vip' })).kind).toBe('conflict')
  const { id: other } = await aList({ name: 'Other' })
  expect(refusal(await renameList(seller.actor, { id: other, name: 'Vip' })).kind).toBe('conflict')
  expect(must(await renameList(seller.actor, { id, name: 'vip' })).name).toBe('vip')
})

describe('in rules', () => {
  const judge = async (flowId: string, email: string) => {
    const rule = (await loadFlow(flowId))?.live?.compiled.acceptance?.rule
    const lead = { email: { type: 'email', raw: email, normal: email, valid: true } }
    return rule?.test({ run: { lead } as never, flow: { id: '', name: '', timeZone: 'UTC' }, now: 0 })
  }

  test('a live flow sees a change of its list at once, and nobody else’s flow is disturbed', async () => {
    const { id } = await aList({ name: 'Buyers of old', type: 'email' }, 'ann@example.com')
    const flowId = await aLiveFlow({ field: 'email', op: 'in_list', value: id }, 'By id')
    const before = (await loadFlow(flowId))?.configVersion
    expect(await judge(flowId, 'ann@example.com')).toBe(true)
    must(await addValues(seller.actor, { id, values: ['bob@example.com'] }))
    expect(await judge(flowId, 'bob@example.com')).toBe(true)
    expect((await loadFlow(flowId))?.configVersion).toBeGreaterThan(before ?? 0)
    const idle = await aList({ name: 'Nobody uses this' })
    const version = (await loadFlow(flowId))?.configVersion
    must(await addValues(seller.actor, { id: idle.id, values: ['x'] }))
    expect((await loadFlow(flowId))?.configVersion).toBe(version)
  })

  test('a list stays while a live rule uses it, in a flow or in a source', async () => {
    const { id } = await aList({ name: 'In use', type: 'email' }, 'a@b.com')
    const flowId = await aLiveFlow("!inList(lead.email, 'in USE')", 'Solar of June')
    expect(must(await getList(seller.actor, id)).uses).toEqual([{ flowId, flowName: 'Solar of June', live: true }])
    expect(refusal(await deleteList(seller.actor, { id })).message).toMatch(/Leads of Solar of June are checked/)
    expect(refusal(await renameList(seller.actor, { id, name: 'Renamed' })).message).toMatch(
      /An expression in Solar of June/,
    )
    const other = await aList({ name: 'Of a source' })
    const source = must(await createSource(seller.actor, { flowId, name: 'Web' }))
    const settings = { acceptance: { rule: { field: 'email', op: 'not_in_list', value: other.id } } }
    must(await updateSource(seller.actor, { flowId, sourceId: source.id, settings }))
    expect(refusal(await deleteList(seller.actor, { id: other.id })).kind).toBe('conflict')
    expect(must(await renameList(seller.actor, { id: other.id, name: 'Renamed' })).name).toBe('Renamed')
  })

  test('a draft that uses a list does not hold it, and then has a problem', async () => {
    const { id } = await aList({ name: 'Draft only' })
    const { id: flowId } = must(await createFlow(seller.actor, { name: 'Draft' }))
    const document = {
      fields: [{ name: 'email', type: 'email' }],
      acceptance: { rule: { all: [{ field: 'email', op: 'in_list', value: id }] } },
      succeed_when: 'always',
    }
    expect(must(await saveDraft(seller.actor, { flowId, document })).problems).toEqual([])
    must(await deleteList(seller.actor, { id }))
    expect(must(await saveDraft(seller.actor, { flowId, document })).problems).toEqual([
      {
        severity: 'error',
        path: 'acceptance.rule.all.0',
        message: 'The list of this condition does not exist any more.',
      },
    ])
    expect(refusal(await publishFlow(seller.actor, { flowId })).kind).toBe('conflict')
  })

  test('distances are measured with the real table of postal codes', async () => {
    const flowId = await aLiveFlow("withinMiles(lead.postal_code, 20, '10001')", 'Near New York')
    const rule = (await loadFlow(flowId))?.live?.compiled.acceptance?.rule
    const near = (zip: string) => {
      const lead = { postal_code: { type: 'postal_code', raw: zip, normal: zip, valid: true } }
      return rule?.test({ run: { lead } as never, flow: { id: '', name: '', timeZone: 'UTC' }, now: 0 })
    }
    expect([near('07102'), near('10701'), near('08540')]).toEqual([true, true, false])
  })
})

describe('who may', () => {
  test('nobody sees or changes another account’s lists', async () => {
    const { id } = await aList({ name: 'Ours' }, 'x')
    const other = await aSeller()
    expect(await listLists(other.actor)).toEqual([])
    const tried: Result<unknown>[] = [
      await getList(other.actor, id),
      await findValues(other.actor, { id }),
      await addValues(other.actor, { id, values: ['y'] }),
      await removeValues(other.actor, { id, values: ['x'] }),
      await renameList(other.actor, { id, name: 'Theirs' }),
      await deleteList(other.actor, { id }),
    ]
    expect(tried.map((done) => refusal(done).kind)).toEqual(tried.map(() => 'not-found'))
    expect(await valuesOnList(other.actor.accountId, id, ['x'])).toBeUndefined()
  })

  test('viewers and buyers make none', async () => {
    const viewer = { ...seller.actor, role: 'viewer' as const }
    expect(refusal(await createList(viewer, { name: 'No' })).kind).toBe('forbidden')
    expect(refusal(await createList((await aBuyer()).actor, { name: 'No' })).kind).toBe('forbidden')
  })
})
