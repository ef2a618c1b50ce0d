import type { Page } from '@playwright/test'
import { seedConfig, seedLead, seedToken } from '../../db/testing/seed-config'
import { expect, test } from '../fixtures'
import { call, submit } from '../support/api'
import {
  addBuyer,
  addField,
  addSource,
  createFlow,
  expectSaved,
  fillHeaders,
  fillMappings,
  openTab,
  publish,
} from '../support/editor'
import { accepts, type LoopbackBuyer } from '../support/loopback-buyer'
import { signIn } from '../support/people'
import { aSeller } from '../support/worlds'

/** Every value that the configuration asks for, as the buyer must receive it. */
function expectDelivered(system: LoopbackBuyer, source: string): void {
  expect(system.received).toHaveLength(1)
  const [request] = system.received
  expect(request?.headers).toMatchObject({
    authorization: `Bearer ${seedToken}`,
    'content-type': expect.stringContaining('application/json'),
    'x-partner-id': 'leadconduit_123',
    'x-test-mode': 'false',
  })
  expect(request?.body).toEqual({
    lead_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    email: 'ana@example.com',
    phone: expect.stringMatching(/^\+?1?5127891111$/),
    first_name: 'Ana',
    last_name: 'García',
    state: 'CA',
    zip: '95814',
    source,
    ip_address: '203.0.113.7',
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    ca_privacy_notice: true,
    ccpa_consent: true,
  })
}

const answer = accepts({ lead_id: 'buyer-77', payout: 45 })

/** What the lead's page says of the answer: price and the buyer's own id. */
async function expectSold(page: Page, leadId: string, buyer: string): Promise<void> {
  await page.goto(`/seller/leads/${leadId}`)
  await expect(page.getByText(`sold to ${buyer} for $45.00`)).toBeVisible()
}

test('a seller builds the configuration of the guide by hand, and a lead is delivered with it', async ({
  page,
  aLoopbackBuyer,
}) => {
  test.slow()
  const seller = await aSeller()
  const system = await aLoopbackBuyer()
  system.react(answer)
  const { endpoint, request } = seedConfig(system.url)
  await signIn(page, seller, '/seller/flows')
  await createFlow(page, 'Insurance Leads – California')
  await addField(page, 'ccpa_consent')
  await addBuyer(page, 'Premium Insurance Buyer', system.url)
  await page.getByLabel('Authentication').selectOption({ label: 'Bearer token' })
  await page.getByLabel('Token', { exact: true }).fill(seedToken)
  await page.getByLabel('Token', { exact: true }).press('Enter')
  await expect(page.getByText('•••• 5b4a')).toBeVisible()
  await fillHeaders(page, endpoint.headers)
  await openTab(page, 'Mapping')
  await fillMappings(page.getByRole('tabpanel'), request.mappings)
  await page.getByRole('button', { name: 'Add mappings for some leads only' }).click()
  const block = page.getByRole('region', { name: 'Conditional mappings 1' })
  await block.getByRole('button', { name: 'Write as expression' }).click()
  await block.getByLabel('Expression').fill("lead.state == 'CA'")
  await fillMappings(block, { ca_privacy_notice: 'true', ccpa_consent: '{{lead.ccpa_consent}}' })
  await openTab(page, 'Answers')
  await page.getByLabel('Success codes').fill('200, 201')
  await page.getByLabel('Accepted when the answer’s').fill('status')
  await page.getByLabel(/^is( optional)?$/).fill('accepted')
  await page.getByLabel('Buyer’s lead ID at').fill('lead_id')
  await page.getByLabel('Price at').fill('payout')
  await page.getByLabel('Reason at').fill('rejection_reason')
  await expectSaved(page)
  const url = await addSource(page, 'Web form')
  await publish(page, 1)
  const said = await submit(url, seedLead)
  expect(said.body).toMatchObject({ outcome: 'success' })
  expectDelivered(system, 'Web form')
  await expectSold(page, said.body.lead.id, 'Premium Insurance Buyer')
})

test('the same configuration, pasted as JSON, asks for its secret and delivers', async ({ page, aLoopbackBuyer }) => {
  const seller = await aSeller()
  const system = await aLoopbackBuyer()
  system.react(answer)
  await signIn(page, seller, '/seller/flows')
  await page.getByRole('button', { name: 'Import' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import a flow' })
  await dialog.getByLabel('Configuration', { exact: true }).fill(JSON.stringify(seedConfig(system.url)))
  await dialog.getByRole('button', { name: 'Look it over' }).click()
  await expect(dialog.getByText('1 secret to give')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
  await dialog.getByLabel(/BUYER_API_TOKEN/).fill(seedToken)
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await page.waitForURL(/\/seller\/flows\/[\w-]{36}/)
  const url = await addSource(page, 'Web form')
  await publish(page, 1)
  const said = await submit(url, seedLead)
  expect(said.body).toMatchObject({ outcome: 'success' })
  expectDelivered(system, 'Web form')
  expect(await page.content()).not.toContain(seedToken)
})

test('unknown keys of a pasted configuration are named with their path, and nothing is made', async ({ page }) => {
  const seller = await aSeller()
  await signIn(page, seller, '/seller/flows')
  await page.getByRole('button', { name: 'Import' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import a flow' })
  const config = seedConfig('https://api.buyer.com/leads')
  const pasted = { ...config, response: { ...config.response, retries: 3 } }
  await dialog.getByLabel('Configuration', { exact: true }).fill(JSON.stringify(pasted))
  await dialog.getByRole('button', { name: 'Look it over' }).click()
  await expect(dialog.getByRole('alert')).toContainText('response.retries')
  await dialog.getByLabel('Configuration', { exact: true }).fill('{ endpoint: { url: open( } }')
  await dialog.getByRole('button', { name: 'Look it over' }).click()
  await expect(dialog.getByRole('alert')).toContainText('line 1, character 20')
  expect((await call<{ data: unknown[] }>(seller.key, 'GET', '/flows')).data).toEqual([])
})
