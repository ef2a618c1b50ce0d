import { expect, test } from '../fixtures'
import { expectAccessible, expectNoOverflow } from '../support/accessibility'
import { call, submit } from '../support/api'
import { expectSaved, openStop, openTab, publish } from '../support/editor'
import type { LoopbackBuyer, Reaction } from '../support/loopback-buyer'
import { signIn } from '../support/people'
import { expectFits, phone, takePictures } from '../support/screens'
import { aConnectedBuyer, aLiveFlow, aManualStep, anInvitedStep, aSeller, goLive } from '../support/worlds'

/** Bids when it is pinged, and takes the lead when it gets it. */
const bids = (buyer: LoopbackBuyer, price: number) =>
  buyer.react(
    ({ path }): Reaction =>
      path === '/ping'
        ? { status: 200, body: { price, ping_id: `P-${price}` } }
        : { status: 201, body: { status: 'accepted' } },
  )
const pathsOf = ({ received }: LoopbackBuyer) => received.map(({ path }) => path)

test('a seller lets its buyers bid, and bids itself to a source that asks first', async ({ page, aLoopbackBuyer }) => {
  test.slow()
  const [coastal, sunset] = [await aLoopbackBuyer(), await aLoopbackBuyer()]
  bids(coastal, 30)
  bids(sunset, 50)
  const seller = await aSeller()
  const members = [
    aManualStep(coastal.url),
    { ...aManualStep(sunset.url), id: 'sunset', name: 'Sunset Life', rules: { active: true, price: 10 } },
  ]
  const auction = { id: 'auction', type: 'distribution', name: 'Auction', strategy: 'highest_price', buyers: members }
  const flow = await aLiveFlow(seller, [auction])
  await signIn(page, seller, `/seller/flows/${flow.id}`)

  await test.step('each buyer gets its ping, with what it may see', async () => {
    for (const [name, { url }] of [['Coastal Mutual', coastal] as const, ['Sunset Life', sunset] as const]) {
      await openStop(page, name)
      await openTab(page, 'Ping')
      await page.getByRole('button', { name: 'Ping this buyer' }).click()
      await page.getByLabel('URL', { exact: true }).fill(url.replace('/leads', '/ping'))
    }
    await expectSaved(page)
    await expectAccessible(page)
    await takePictures(page, 'ping-tab')
    await openTab(page, 'Mapping')
    await expect(page.getByText('What is sent')).toBeVisible()
    await openStop(page, 'Auction')
    await page.getByLabel('Waits for bids').fill('2')
    await expectSaved(page)
    await publish(page, 2)
  })

  await test.step('a test lead shows who bid what', async () => {
    await page.goto(`/seller/flows/${flow.id}/test`)
    await expect(page.getByLabel(/^Email/)).toHaveValue('test@example.com')
    await page.getByRole('button', { name: 'Send test lead' }).click()
    await expect(page.getByText('Ping of Sunset Life')).toBeVisible()
    await expect(page.getByText('Sunset Life bids $50.00')).toBeVisible()
    await takePictures(page, 'test-console')
  })

  await test.step('the source keeps the seller its margin', async () => {
    await page.goto(`/seller/flows/${flow.id}`)
    await openStop(page, 'Web form')
    await expect(page.getByText(/\/ping$/)).toBeVisible()
    await page.getByLabel('Margin kept of a bid').fill('20')
    await page.getByRole('button', { name: 'Save settings' }).click()
    await expect(page.getByText('Not saved yet')).toBeHidden()
    await takePictures(page, 'source')
  })

  const changed = await call<{ pings: object }>(seller.key, 'PATCH', `/flows/${flow.id}/sources/${flow.sourceId}`, {
    pings: { margin_percent: 20, valid_seconds: 300 },
  })
  expect(changed.pings).toEqual({ allowed: true, margin_percent: 20, valid_seconds: 300 })

  coastal.received.length = 0
  sunset.received.length = 0
  const asked = await submit(flow.submitUrl.replace('/submit', '/ping'), { state: 'TX' })
  expect(asked).toMatchObject({ status: 200, body: { outcome: 'success', price: 40 } })
  expect([...pathsOf(coastal), ...pathsOf(sunset)]).toEqual(['/ping', '/ping'])
  expect(sunset.received[0]?.body).toEqual({ state: 'TX' })

  const bid = (asked.body as unknown as { bid: { id: string } }).bid
  const ana = { first_name: 'Ana', last_name: 'García', email: 'ana@example.com', state: 'TX' }
  const said = await submit(flow.submitUrl, { ...ana, bid_id: bid.id })
  expect(said.body).toMatchObject({ outcome: 'success', price: 40 })
  expect(pathsOf(sunset)).toEqual(['/ping', '/leads'])

  const seen = await call<{ lead_id: string; pings: object[] }>(seller.key, 'GET', `/pings/${bid.id}`)
  expect(seen).toMatchObject({ lead_id: said.body.lead.id, price: 40, fields: ['state'] })

  await test.step('the ping has its page, from the log and from its lead', async () => {
    await page.goto('/seller/events?type=ping')
    await expect(page.getByText('a ping, no lead yet').first()).toBeVisible()
    await takePictures(page, 'events')
    await page.goto(`/seller/leads/${said.body.lead.id}`)
    await page.getByRole('link', { name: 'The ping and its bids' }).click()
    await expect(page.getByRole('heading', { name: 'Ping from Web form' })).toBeVisible()
    await expect(page.getByText('$50.00', { exact: true })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Open lead' })).toBeVisible()
    await expectAccessible(page)
    await expectFits(page)
    await takePictures(page, 'ping')
  })

  await test.step('the submission docs say how', async () => {
    await page.goto(`/flows/${flow.id}/sources/${flow.sourceId}/docs`)
    await expect(page.getByText('Ask for a bid first')).toBeVisible()
    await expectFits(page)
    await takePictures(page, 'docs')
  })
})

test('an invited buyer sets up how it bids, and gets the lead; the seller sees the bid and not how', async ({
  page,
  aLoopbackBuyer,
  anotherBrowser,
}) => {
  test.slow()
  const [coastal, premium] = [await aLoopbackBuyer(), await aLoopbackBuyer()]
  bids(premium, 50)
  const seller = await aSeller()
  const buyers = [aManualStep(coastal.url), anInvitedStep()]
  const auction = { id: 'auction', type: 'distribution', name: 'Auction', strategy: 'highest_price', buyers }
  const flow = await aLiveFlow(seller, [auction])
  const invited = { flow_id: flow.id, step_id: 'premium', shared_fields: ['first_name', 'email', 'state'] }
  const buyer = await aConnectedBuyer(seller, invited)
  await goLive(buyer, premium.url)
  await call(seller.key, 'POST', `/flows/${flow.id}/publish`)
  await call(seller.key, 'POST', `/flows/${flow.id}/steps/premium/enable`)
  const { data } = await call<{ data: { id: string }[] }>(buyer.key, 'GET', '/destinations')
  const destination = `/buyer/destinations/${data[0]?.id}`

  await test.step('the buyer says where and how it is asked, of what it may know', async () => {
    await signIn(page, buyer, `${destination}/ping`)
    await page.getByRole('button', { name: 'Set up a ping' }).click()
    await page.getByLabel('URL', { exact: true }).fill(premium.url.replace('/leads', '/ping'))
    await page.getByLabel('Your field name for State').fill('region')
    await expect(page.getByLabel('Your field name for Email')).toHaveCount(0)
    await expect(page.getByRole('region', { name: 'Preview' })).toContainText('"region": "TX"')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Save changes' }).click()
    await expect(page.getByText('Saved. A test lead got through with it.')).toBeVisible()
    await page.getByRole('button', { name: 'Send test ping' }).click()
    await expect(page.getByText('Bids $50.00, under the reference P-50.')).toBeVisible()
    await takePictures(page, 'buyer-ping')
    await page.setViewportSize(phone)
    await page.emulateMedia({ colorScheme: 'dark' })
    await expectNoOverflow(page)
  })

  await test.step('its lead carries the reference of its bid', async () => {
    await page.goto(`${destination}/mapping`)
    await page.getByLabel('Your field name for Reference of the ping').fill('ping_ref')
    await expect(page.getByRole('region', { name: 'Preview' })).toContainText('"ping_ref": "P-4711"')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await expect(page.getByText('Saved. A test lead got through with it.')).toBeVisible()
  })

  premium.received.length = 0
  const ana = { first_name: 'Ana', last_name: 'García', email: 'ana@example.com', state: 'TX' }
  const sold = await submit(flow.submitUrl, ana)
  expect(sold.body.outcome).toBe('success')
  expect(pathsOf(premium)).toEqual(['/ping', '/leads'])
  expect(premium.received[0]?.body).toEqual({ region: 'TX' })
  expect(premium.received[1]?.body).toMatchObject({ ping_ref: 'P-50', email: 'ana@example.com' })
  premium.react(({ path }) => ({ status: 200, body: path === '/ping' ? { price: 5, ping_id: 'P-5' } : {} }))
  expect((await submit(flow.submitUrl, { ...ana, email: 'bo@example.com' })).body.outcome).toBe('success')

  await test.step('the buyer finds what it bid, and of a lead that it did not get no more', async () => {
    await page.goto('/buyer/events?type=ping')
    await expect(page.getByText('only asked').first()).toBeVisible()
    await page.locator('a[href^="/buyer/pings/"]').first().click()
    await expect(page.getByText('$5.00')).toBeVisible()
    await expect(page.getByText('bo@example.com')).toHaveCount(0)
    await expectNoOverflow(page)
  })

  await test.step('the seller chooses what is told, and sees the bid without how it was asked', async () => {
    const other = await anotherBrowser()
    await signIn(other, seller, `/seller/flows/${flow.id}`)
    await openStop(other, 'Premium Insurance Buyer')
    await openTab(other, 'Ping')
    await expect(other.getByText('Pinged: Configured by buyer')).toBeVisible()
    await expect(other.getByRole('checkbox', { name: /^State/ })).toBeChecked()
    await expect(other.getByRole('checkbox', { name: /^Email/ })).not.toBeChecked()
    await expectAccessible(other)
    await other.goto(`/seller/leads/${sold.body.lead.id}`)
    await expect(other.getByText('pinged Premium Buyer', { exact: false })).toBeVisible()
    await other.getByText('What was sent').first().click()
    await expect(other.getByText('Configured by buyer.', { exact: false }).first()).toBeVisible()
    await expect(other.getByText(`:${premium.port}`)).toHaveCount(0)
  })
})
