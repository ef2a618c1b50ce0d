import { beforeAll, describe, expect, test } from 'vitest'
import {
  aBuyer,
  aLiveFlow,
  aManualStep,
  aPeer,
  aSeller,
  type Someone,
  says,
  testDatabase,
} from '../../db/testing/index'
import { intakeApp } from '../api/index'
import { startRuntime } from '../runtime'
import { lastAnswer, testAnswer } from './index'

testDatabase()

let seller: Someone
beforeAll(async () => {
  await startRuntime('intake')
  seller = await aSeller()
})

describe('an answer that is tried', () => {
  test('is read by settings that are saved nowhere', async () => {
    const response = {
      parser: { type: 'text', success_path: '0', success_value: 'OK', price_path: '2' },
      capture: { left: 'left=(\\d+)' },
    }
    const tested = await testAnswer(seller.actor, { response, answer: { body: 'OK|1|45.00|left=2' } })
    expect(tested).toMatchObject({
      ok: true,
      value: {
        verdict: { outcome: 'accepted', priceCents: 4500, captured: { left: '2' } },
        decided: { by: 'success', at: 'parser.success_path' },
        problems: [],
      },
    })
  })

  test('shows what is wrong with them beside what they make of it', async () => {
    const response = { parser: { type: 'xml', success_path: '//a[' } }
    const tested = await testAnswer(seller.actor, { response, answer: { body: '<a/>' } })
    expect(tested).toMatchObject({
      ok: true,
      value: { verdict: { outcome: 'rejected' }, problems: [{ path: 'parser.success_path', severity: 'error' }] },
    })
  })

  test('and settings of no known shape are refused with their place', async () => {
    const refused = await testAnswer(seller.actor, { response: { conditions: [{ outcome: 'maybe' }] }, answer: {} })
    expect(refused).toMatchObject({ ok: false, error: { issues: [{ path: 'response.conditions.0.outcome' }] } })
  })
})

describe('the last answer of a step', () => {
  test('is the one that came last, without what may not be kept, and only its owner has it', async () => {
    const peer = await aPeer()
    const flow = await aLiveFlow(seller.actor, { steps: [aManualStep({ id: 'one', url: peer.url })] })
    const asked = { flow_id: flow.flowId, step_id: 'one' }
    expect(await lastAnswer(seller.actor, asked)).toMatchObject({ ok: false, error: { kind: 'not-found' } })
    for (const note of ['first', 'second']) {
      peer.now(says(200, { status: 'rejected', note, ssn: '123-45-6789' }))
      const body = new URLSearchParams({ email: `${note}@example.com`, ssn: '123-45-6789' })
      await intakeApp.request(flow.path, { method: 'POST', body })
    }
    const found = await lastAnswer(seller.actor, asked)
    expect(found).toMatchObject({ ok: true, value: { status: 200, contentType: 'application/json', isTest: false } })
    expect(found.ok && found.value.body).toContain('second')
    expect(JSON.stringify(found)).not.toContain('6789')
    expect(await lastAnswer((await aSeller()).actor, asked)).toMatchObject({ ok: false })
    const buyer = await aBuyer()
    expect(await lastAnswer(buyer.actor, { destination_id: flow.flowId })).toMatchObject({ ok: false })
  })

  test('is asked for by step or by destination, not by both or neither', async () => {
    expect(await lastAnswer(seller.actor, {})).toMatchObject({ ok: false, error: { kind: 'invalid' } })
  })
})
