import { expect, test } from '../fixtures'
import { expectAccessible } from '../support/accessibility'
import { submit } from '../support/api'
import { accepts, type Reaction } from '../support/loopback-buyer'
import { signIn } from '../support/people'
import { expectFits, takePictures } from '../support/screens'
import { aLiveFlow, aManualStep, aSeller } from '../support/worlds'

const isDown = (): Reaction => ({ status: 503, body: {} })
const aPerson = (name: string) => ({
  first_name: name,
  last_name: 'García',
  email: `${name.toLowerCase()}@example.com`,
  phone_1: '5127891111',
  state: 'CA',
})

test('a seller sees what waits, and releases it, sends it elsewhere, or drops it', async ({ page, aLoopbackBuyer }) => {
  test.slow()
  const [coastal, sunset] = [await aLoopbackBuyer(), await aLoopbackBuyer()]
  coastal.react(isDown)
  const seller = await aSeller()
  const retried = { ...aManualStep(coastal.url), retry: { max_attempts: 3, first_delay: '1 hour' } }
  const standby = { ...aManualStep(sunset.url), id: 'sunset', name: 'Sunset', standby: true }
  const flow = await aLiveFlow(seller, [retried, standby])
  await signIn(page, seller, '/seller/queue')
  await expect(page.getByRole('heading', { name: 'Nothing waits' })).toBeVisible()
  for (const name of ['Ana', 'Ben', 'Cleo']) await submit(flow.submitUrl, aPerson(name))
  const row = (name: string) => page.getByRole('row', { name: new RegExp(`^${name}|Choose ${name}`) })
  await expect(row('Cleo')).toContainText('Coastal Mutual could not take it; try 2 is to come')
  await expect(page.getByRole('link', { name: 'Waiting 3' })).toBeVisible()
  await expect(row('Ana')).toContainText(/in (59 min|1 h)/)
  await expectAccessible(page)
  await row('Ana').getByRole('checkbox').click()
  await row('Ben').getByRole('checkbox').click()
  await expect(page.getByRole('region', { name: 'Chosen leads' })).toContainText('2 leads chosen')
  await expectFits(page)
  await takePictures(page, 'queue')
  await page.getByRole('button', { name: 'Clear' }).click()

  await row('Ana')
    .getByRole('button', { name: /^More for/ })
    .click()
  await page.getByRole('menuitem', { name: 'Send to another buyer' }).click()
  const sending = page.getByRole('dialog', { name: /^Send Ana García/ })
  await sending.getByLabel('Buyer').selectOption({ label: 'Sunset' })
  await sending.getByRole('button', { name: 'Send' }).click()
  await expect(row('Ana')).toBeHidden()
  await expect.poll(() => sunset.received.map(({ body }) => body['email'])).toEqual(['ana@example.com'])

  await row('Ben').getByRole('checkbox').click()
  await page.getByRole('region', { name: 'Chosen leads' }).getByRole('button', { name: 'Drop' }).click()
  const dropping = page.getByRole('dialog', { name: /^Drop Ben García/ })
  await dropping.getByLabel('Reason').fill('Asked us not to call')
  await takePictures(page, 'drop')
  await dropping.getByRole('button', { name: 'Drop 1 lead' }).click()
  await expect(row('Ben')).toBeHidden()

  coastal.react(accepts())
  await row('Cleo').getByRole('button', { name: 'Release' }).click()
  await expect(page.getByText('1 lead goes out now.')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Nothing waits' })).toBeVisible()

  await page.goto('/seller/leads?q=ben@example.com')
  await page.getByRole('link', { name: 'Ben García' }).click()
  await expect(page.getByText('not sold: Asked us not to call')).toBeVisible()
  await expect(page.getByText('Dropped by Pat Doyle: Asked us not to call')).toBeVisible()
  await takePictures(page, 'dropped-lead')
  await page.goto('/seller/leads?q=cleo@example.com')
  await expect(page.getByRole('row', { name: /^Cleo García/ })).toContainText('success')
})

test('a seller replays what was given up, by ticks and by range', async ({ page, aLoopbackBuyer }) => {
  test.slow()
  const coastal = await aLoopbackBuyer()
  coastal.react(isDown)
  const seller = await aSeller()
  const flow = await aLiveFlow(seller, [aManualStep(coastal.url)])
  await signIn(page, seller, '/seller/queue')
  await page.getByRole('link', { name: 'Given up' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing was given up' })).toBeVisible()
  for (const name of ['Ana', 'Ben', 'Cleo']) await submit(flow.submitUrl, aPerson(name))
  const row = (name: string) => page.getByRole('row', { name: new RegExp(`^${name}|Choose ${name}`) })
  await expect(row('Cleo')).toContainText('The buyer answered 503 Service Unavailable')
  await expectAccessible(page)
  await expectFits(page)
  await takePictures(page, 'given-up')

  coastal.react(accepts())
  await row('Ana').getByRole('checkbox').click()
  await page.getByRole('region', { name: 'Chosen leads' }).getByRole('button', { name: 'Replay' }).click()
  await expect(page.getByText('1 lead is tried again.')).toBeVisible()
  await expect(row('Ana')).toBeHidden()
  await page.getByLabel('Flow').selectOption({ label: 'Insurance Leads' })
  await expect(page).toHaveURL(/flow_id=/)
  await page.getByRole('button', { name: 'Replay all' }).click()
  const asking = page.getByRole('alertdialog', { name: 'Replay all of Insurance Leads?' })
  await takePictures(page, 'replay-all')
  await asking.getByRole('button', { name: 'Replay all' }).click()
  await expect(page.getByText('2 leads are tried again, oldest first.')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'No given-up leads like these' })).toBeVisible()
  await expect.poll(() => coastal.received.length).toBe(6)
  await page.goto('/seller/leads?q=ana@example.com')
  await expect(page.getByRole('row', { name: /^Ana García/ })).toContainText('success')
  await page.getByRole('link', { name: 'Ana García' }).click()
  await expect(page.getByText('Replayed by Pat Doyle')).toBeVisible()
  await takePictures(page, 'replayed-lead')
})

test('a seller says what became of leads whose buyer never answered', async ({ page, aLoopbackBuyer }) => {
  test.slow()
  const coastal = await aLoopbackBuyer()
  coastal.react(() => 'hang-up')
  const seller = await aSeller()
  const flow = await aLiveFlow(seller, [aManualStep(coastal.url)])
  for (const name of ['Ana', 'Ben']) await submit(flow.submitUrl, aPerson(name))
  await signIn(page, seller, '/seller/queue/decisions')
  await expect(page.getByRole('row', { name: /^Ben García/ })).toContainText('$30.00')
  await expectAccessible(page)
  await expectFits(page)
  await takePictures(page, 'decisions')

  await page.getByRole('button', { name: 'Ana García was accepted' }).click()
  const accepted = page.getByRole('dialog', { name: 'Coastal Mutual accepted Ana García?' })
  await accepted.getByLabel('Price').fill('32.50')
  await takePictures(page, 'accepted')
  await accepted.getByRole('button', { name: 'It was accepted' }).click()
  await expect(page.getByText('Ana García is sold to Coastal Mutual.')).toBeVisible()
  await page.getByRole('button', { name: 'Ben García was not accepted' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'It was not accepted' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing to decide' })).toBeVisible()
  await page.goto('/seller/leads')
  await expect(page.getByRole('row', { name: /^Ana García/ })).toContainText('$32.50')
  await expect(page.getByRole('row', { name: /^Ben García/ })).toContainText('did not take it, says Pat Doyle')
})
