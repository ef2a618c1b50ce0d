import { expect, test } from '../fixtures'
import { expectAccessible, expectNoOverflow } from '../support/accessibility'
import { ask, call, submit } from '../support/api'
import { publish } from '../support/editor'
import { signIn } from '../support/people'
import { aConnectedPair, aLiveFlow, aManualStep, aSeller } from '../support/worlds'

const ana = { first_name: 'Ana', last_name: 'Garcia', email: 'ana@example.com', state: 'CA' }
let number = 0
const someone = () => ({ ...ana, email: `limit-${++number}@example.com` })

test('a buyer caps its destination, whoever sends the leads; the seller caps the connection', async ({
  page,
  anotherBrowser,
  aLoopbackBuyer,
}) => {
  const system = await aLoopbackBuyer()
  const { seller, buyer, flow } = await aConnectedPair(system.url)
  const { data } = await call<{ data: { id: string }[] }>(buyer.key, 'GET', '/destinations')
  await signIn(page, buyer, `/buyer/destinations/${data[0]?.id}`)
  await page.getByRole('button', { name: 'Set caps' }).click()
  await page.getByLabel('Leads a day').fill('1')
  await page.getByRole('button', { name: 'Save caps' }).click()
  await expect(page.getByText('Caps saved.', { exact: false })).toBeVisible()
  await expect(page.getByText(/^0 of 1 today, resets/)).toBeVisible()
  await expectAccessible(page)

  expect((await submit(flow.submitUrl, someone())).body.outcome).toBe('success')
  expect((await submit(flow.submitUrl, someone())).body.reason).toBe('The buyer’s own limit is reached')
  await page.reload()
  await expect(page.getByText(/^1 of 1 today: full until/)).toBeVisible()
  await page.setViewportSize({ width: 390, height: 844 })
  await expectNoOverflow(page)

  const other = await anotherBrowser()
  await signIn(other, seller, `/seller/connections/${buyer.connectionId}`)
  await other.getByRole('button', { name: 'Set caps' }).click()
  await other.getByLabel('Leads a month').fill('5')
  await other.getByRole('button', { name: 'Save caps' }).click()
  await expect(other.getByText(/^0 of 5 this month, resets/)).toBeVisible()
  await expectAccessible(other)
  const own = await ask<{ caps: object }>(seller.key, 'GET', `/connections/${buyer.connectionId}`)
  expect(own.body.caps).toEqual({ monthly: 5 })
})

test('a partner is limited to one lead a day, and a step names it: the second lead is refused with that limit', async ({
  page,
  aLoopbackBuyer,
}) => {
  const seller = await aSeller()
  const flow = await aLiveFlow(seller, [aManualStep((await aLoopbackBuyer()).url)])
  await signIn(page, seller, '/seller/partners')
  await expect(page.getByRole('heading', { name: 'No partners yet' })).toBeVisible()
  await page.getByRole('button', { name: 'Create partner' }).click()
  await page.getByLabel('Name').fill('Coastal Group')
  await page.getByRole('dialog').getByRole('button', { name: 'Create partner' }).click()
  await expect(page.getByRole('heading', { name: 'Coastal Group', level: 1 })).toBeVisible()
  await page.getByRole('button', { name: 'Set limits' }).click()
  await page.getByLabel('Leads a day').fill('1')
  await page.getByLabel('Leads a month').fill('50')
  await expect(page.getByText('50 a month is never reached: 1 a day comes to 31 at the most.')).toBeVisible()
  await page.getByLabel('Leads a month').fill('')
  await page.getByRole('button', { name: 'Save limits' }).click()
  await expect(page.getByText(/^0 of 1 today, resets/)).toBeVisible()
  await expectAccessible(page)

  await page.goto(`/seller/flows/${flow.id}?at=step:coastal`)
  await page.getByLabel('Partner optional').selectOption({ label: 'Coastal Group' })
  await expect(page.getByRole('link', { name: 'Open partner' })).toBeVisible()
  await publish(page, 2)

  expect((await submit(flow.submitUrl, someone())).body.outcome).toBe('success')
  const second = (await submit(flow.submitUrl, someone())).body
  expect(second.reason).toMatch(/^Partner limit 1 of 1 a day, resets/)
  await page.goto(`/seller/leads/${second.lead.id}`)
  await expect(page.getByText(/^Partner limit 1 of 1 a day, resets/).first()).toBeVisible()

  await page.goto('/seller/partners')
  await expect(page.getByText(/^1 of 1 today: full until/)).toBeVisible()
  await page.getByRole('link', { name: 'Coastal Group' }).click()
  await expect(page.getByRole('link', { name: 'Coastal Mutual' })).toBeVisible()
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText('Nothing is delivered to Coastal Group')).toBeVisible()
  await expect
    .poll(async () => (await submit(flow.submitUrl, someone())).body.reason, { timeout: 15_000 })
    .toBe('Partner paused')
  await page.setViewportSize({ width: 390, height: 844 })
  await expectNoOverflow(page)
})

test('the business hours of an account are painted, saved, and still there', async ({ page }) => {
  const seller = await aSeller()
  await signIn(page, seller, '/seller/settings')
  await page.getByRole('button', { name: 'Set hours' }).click()
  await page.getByRole('button', { name: 'Every day 8–20' }).click()
  await page.getByRole('button', { name: 'Save business hours' }).click()
  await expect(page.getByText('Business hours saved.')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: 'Remove hours', exact: true })).toBeVisible()
  const account = await ask<{ business_hours: object }>(seller.key, 'GET', '/account')
  expect(account.body.business_hours).toMatchObject({ hours: { start: '08:00', end: '20:00' } })
})

test('a source is told the end of a lead that waited, and the lead says so', async ({
  page,
  aLoopbackBuyer,
  database,
}) => {
  const [system, source] = [await aLoopbackBuyer(), await aLoopbackBuyer('/told')]
  system.react(() => ({ status: 503, body: {} }))
  const seller = await aSeller()
  const step = { ...aManualStep(system.url), retry: { max_attempts: 2, first_delay: '1 hour' } }
  const flow = await aLiveFlow(seller, [step])
  await signIn(page, seller, `/seller/flows/${flow.id}?at=source:${flow.sourceId}`)
  await page.getByLabel('Webhook').fill(source.url)
  await page.getByRole('button', { name: 'Save webhook' }).click()
  await expect(page.getByText('Copy the signing secret now')).toBeVisible()
  await page.getByRole('button', { name: 'Send a sample' }).click()
  await expect(page.getByText('The webhook took it')).toBeVisible()
  await expectAccessible(page)
  source.received.length = 0

  const { body } = await submit(flow.submitUrl, someone())
  expect(body.lead.status).toBe('pending')
  system.react(() => ({ status: 201, body: { status: 'accepted' } }))
  await database`update held_leads set wish = 'release', due_at = now() where lead_id = ${body.lead.id}`
  await expect.poll(() => source.received.length, { timeout: 30_000 }).toBe(1)
  expect(source.received[0]?.body).toMatchObject({ outcome: 'success', lead: { id: body.lead.id }, price: 20 })
  await page.goto(`/seller/leads/${body.lead.id}`)
  await expect(page.getByText('told the source')).toBeVisible()
})
