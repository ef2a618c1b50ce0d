import { expect, test } from '../fixtures'
import { expectAccessible } from '../support/accessibility'
import { call, submit } from '../support/api'
import { expectSaved, openStop, openTab, publish } from '../support/editor'
import type { LoopbackBuyer, Reaction } from '../support/loopback-buyer'
import { signIn } from '../support/people'
import { expectFits, takePictures } from '../support/screens'
import { aLiveFlow, aManualStep, aSeller } from '../support/worlds'

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
