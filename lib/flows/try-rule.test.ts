import { beforeAll, expect, test } from 'vitest'
import { aSeller, must, refusal, type Someone, testDatabase } from '../../db/testing/index'
import { addValues, createList } from '../lists/index'
import { createFlow, saveDraft, tryRule } from './index'

testDatabase()

let seller: Someone
let flowId: string
beforeAll(async () => {
  seller = await aSeller()
  flowId = must(await createFlow(seller.actor, { name: 'Solar' })).id
  const fields = [
    { name: 'email', type: 'email' },
    { name: 'state', type: 'state', label: 'Home state' },
    { name: 'postal_code', type: 'postal_code' },
    { name: 'ssn', type: 'ssn' },
  ]
  must(await saveDraft(seller.actor, { flowId, document: { fields } }))
})

test('a rule is tried comparison by comparison, those too that were not needed', async () => {
  const tried = must(
    await tryRule(seller.actor, {
      flowId,
      rule: "lead.state == 'CA' && (lead.email.valid || withinMiles(lead.postal_code, 20, '10001'))",
      values: { state: 'new york', postal_code: '07102' },
    }),
  )
  expect(tried).toMatchObject({
    passed: false,
    reason: 'Home state must be CA',
    report: {
      join: 'and',
      parts: [
        { text: 'Home state is CA', passed: false, left: 'NY' },
        { join: 'or', passed: true, parts: [{ passed: true }, { passed: true, right: '9.3 miles' }] },
      ],
    },
  })
  expect(tried.fields.map(({ label, value }) => [label, value])).toEqual([
    ['Home state', 'new york'],
    ['Email', expect.stringContaining('@')],
    ['Postal code', '07102'],
  ])
})

test('lists are asked as they are now', async () => {
  const { id } = must(await createList(seller.actor, { name: 'VIP', type: 'email' }))
  const rule = { field: 'email', op: 'in_list', value: id }
  const passes = async () => must(await tryRule(seller.actor, { flowId, rule, values: { email: 'a@b.com' } })).passed
  expect(await passes()).toBe(false)
  must(await addValues(seller.actor, { id, values: ['A@B.com'] }))
  expect(await passes()).toBe(true)
})

test('what is wrong with a rule comes back, and a masked value never does', async () => {
  const broken = must(await tryRule(seller.actor, { flowId, rule: 'lead.state = 1' }))
  expect(broken.problems).toEqual([{ severity: 'error', message: 'Use == to compare.', start: 11, end: 12 }])
  expect(broken.report).toBeUndefined()
  const masked = must(
    await tryRule(seller.actor, { flowId, rule: "lead.ssn == '123-45-6789'", values: { ssn: '123-45-6789' } }),
  )
  expect(masked.passed).toBe(true)
  expect(JSON.stringify({ ...masked, report: undefined })).not.toContain('6789')
})

test('another account’s flow and lead are not found', async () => {
  const other = await aSeller()
  expect(refusal(await tryRule(other.actor, { flowId, rule: 'is_test' })).kind).toBe('not-found')
  const leadId = '0197f2a4-0000-7000-8000-0000000000ff'
  expect(refusal(await tryRule(seller.actor, { flowId, rule: 'is_test', leadId })).kind).toBe('not-found')
})
