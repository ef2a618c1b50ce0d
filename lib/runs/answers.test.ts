import { beforeAll, beforeEach, expect, test } from 'vitest'
import { aLiveFlow, aManualStep, aPeer, aSeller, type Someone, says, testDatabase } from '../../db/testing/index'
import { intakeApp } from '../api/index'
import { getLead } from '../leads/index'
import { startRuntime } from '../runtime'

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
beforeEach(() => second.now(says(200, 'thanks')))

const inXml = {
  parser: { type: 'xml' as const, reason_path: '//why', id_path: 'result.@id', price_path: '//price' },
  conditions: [
    {
      codes: [200],
      path: '//state',
      equals: 'had it',
      outcome: 'duplicate' as const,
      reason: 'Had it on {{captured.day}}',
    },
    { path: '//state', matches: '^(ok|sold)$', outcome: 'accepted' as const },
    { outcome: 'rejected' as const },
  ],
  capture: { score: '//score', day: '//day', echo: '//ssn' },
  fallback_price: 30,
}
const ofFirst = {
  score: '{{appended.first_look.score}}',
  said: '{{appended.first_look.outcome}}: {{appended.first_look.reason}}',
  bought_for: '{{appended.first_look.price}}',
}
const asked = ['appended.first_look.score', 'appended.first_look.price', 'appended.second.outcome']
const manual = (url: string, mappings: Record<string, string>, response: object) => ({
  method: 'manual' as const,
  endpoint: { url },
  request: { mappings },
  response,
})

/** The first buyer answers in XML; the second gets what it said, when that was good enough. */
const flowOf = () => {
  const look = aManualStep({ id: 'first-look', name: 'First look', url: first.url })
  const next = aManualStep({ id: 'second', name: 'Second', url: second.url })
  return aLiveFlow(
    seller.actor,
    {
      steps: [
        { ...look, connection: manual(first.url, { email: '{{lead.email}}' }, inXml) },
        { ...next, connection: manual(second.url, ofFirst, {}), eligible_when: 'appended.first_look.score >= 600' },
      ],
    },
    { settings: { response_fields: ['outcome', 'lead.id', ...asked] } },
  )
}

const xml = (body: string) => (_: unknown, response: import('node:http').ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=iso-8859-1' })
  response.end(Buffer.from(`<?xml version="1.0"?><result id="F-1">${body}</result>`, 'latin1'))
}
async function submit(to: string) {
  const body = new URLSearchParams({ email: `x${Math.random()}@example.com`, state: 'CA', ssn: '123-45-6789' })
  const answer = await intakeApp.request(to, { method: 'POST', body })
  return (await answer.json()) as { lead: { id: string }; appended?: Record<string, Record<string, unknown>> }
}

test('what the first buyer answered reaches the second buyer’s request and rule, the source and the log', async () => {
  const flow = await flowOf()
  first.now(xml('<state>OK</state><score>710</score><day>märz</day>'))
  const answer = await submit(flow.path)
  expect(second.received.at(-1)?.json()).toEqual({ score: '710', said: 'accepted: ', bought_for: 30 })
  expect(answer.appended).toEqual({ first_look: { score: '710', price: 30 }, second: { outcome: 'accepted' } })

  const later = await intakeApp.request(`${flow.path.replace(/\/submit$/, '')}/leads/${answer.lead.id}`)
  expect(await later.json()).toEqual(answer)

  const lead = await getLead(seller.actor, answer.lead.id)
  expect(lead.ok && lead.value.events[0]).toMatchObject({
    outcome: 'accepted',
    priceCents: 3000,
    buyerLeadId: 'F-1',
    captured: { score: '710', day: 'märz' },
  })
})

test('a condition knows a duplicate, and a rule that looks at the answer skips the next buyer', async () => {
  const flow = await flowOf()
  first.now(xml('<state>had it</state><day>Monday</day><score>550</score>'))
  const before = second.received.length
  const answer = await submit(flow.path)
  expect(second.received.length).toBe(before)
  const lead = await getLead(seller.actor, answer.lead.id)
  expect(lead.ok && lead.value.events.map(({ outcome, reason }) => [outcome, reason])).toMatchObject([
    ['rejected', 'Had it on Monday'],
    ['skipped', expect.stringContaining('First look score')],
    ['failure', 'Had it on Monday'],
  ])
})

test('a masked value that a buyer echoes is not captured in clear', async () => {
  const flow = await flowOf()
  first.now(xml('<state>sold</state><score>700</score><ssn>123-45-6789</ssn>'))
  const answer = await submit(flow.path)
  const lead = await getLead(seller.actor, answer.lead.id)
  expect(JSON.stringify(lead)).not.toContain('123-45-6789')
  expect(lead.ok && lead.value.events[0]?.captured?.['echo']).toBe('<masked>')
})
