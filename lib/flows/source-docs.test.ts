import { expect, test } from 'vitest'
import { aLiveFlow, aManualStep, aSeller, testDatabase } from '../../db/testing/index'
import { findSourceDocs } from './index'

testDatabase()

test("a source's docs tell a sender how to submit, and nothing of buyers or prices", async () => {
  const seller = await aSeller()
  const url = 'https://buyer.example/secret-path'
  const live = await aLiveFlow(seller.actor, {
    fields: [{ name: 'email', type: 'email', required: true }],
    acceptance: { rule: "lead.state == 'CA'", reason: '' },
    price: { cost: 12.34 },
    steps: [aManualStep({ url, name: 'Hidden Buyer' })],
  })
  const docs = await findSourceDocs(live.flowId, live.sourceId)
  expect(docs).toMatchObject({ takesLeads: true, fields: [{ name: 'email', required: true }] })
  expect(docs?.submitUrl).toContain(live.path)
  expect(JSON.stringify(docs)).not.toMatch(/Hidden Buyer|secret-path|12\.34/)
  expect(await findSourceDocs(live.flowId, live.flowId)).toBeUndefined()
})
