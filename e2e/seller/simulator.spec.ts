import { expect, test } from '../fixtures'
import { expectAccessible, expectNoOverflow } from '../support/accessibility'
import { submit } from '../support/api'
import { signIn } from '../support/people'
import { aLiveFlow, aManualStep, aSeller } from '../support/worlds'

test('a seller sees who would get a lead on Sunday night and on Monday morning, and what happens when that buyer refuses', async ({
  page,
  aLoopbackBuyer,
}) => {
  const system = await aLoopbackBuyer()
  const seller = await aSeller()
  const coastal = aManualStep(system.url)
  const times = {
    timezone: 'America/Los_Angeles',
    days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'],
    hours: { start: '08:00', end: '18:00' },
  }
  const caps = { daily: 50, timezone: 'America/Los_Angeles' }
  const buyers = [
    {
      ...coastal,
      id: 'premium',
      name: 'Premium Insurance',
      rules: { active: true, price: 45 },
      conditional_delivery: { time_restrictions: times, caps },
    },
    coastal,
  ]
  const flow = await aLiveFlow(seller, [{ id: 'auction', type: 'distribution', name: 'Auction', buyers }])
  await submit(flow.submitUrl, { email: 'ana@example.com', state: 'CA', first_name: 'Ana' })
  const before = system.received.length

  await signIn(page, seller, `/seller/flows/${flow.id}`)
  await page.getByRole('link', { name: 'Simulate' }).click()
  await expect(page.getByRole('heading', { name: 'Simulator' })).toBeVisible()
  await page.getByLabel('Time zone of the moment').selectOption('America/Los_Angeles')
  await page.getByLabel('Try with').selectOption({ label: 'Ana' })
  await page.getByLabel('Moment', { exact: true }).fill('2031-01-05T23:00')
  await page.getByRole('button', { name: 'Simulate' }).click()
  const outcome = page.getByRole('region', { name: 'Outcome' })
  await expect(outcome).toContainText('Coastal Mutual would get it.')
  await expect(outcome).toContainText('Sunday, Jan 5, 2031')
  const rows = page.getByRole('table', { name: /^Every buyer that is considered/ }).getByRole('row')
  await expect(rows.nth(2)).toContainText('Closed until Mon 08:00 Los Angeles')
  await expectAccessible(page)

  await page.getByLabel('Moment', { exact: true }).fill('2031-01-06T09:00')
  await page.getByRole('button', { name: 'Simulate' }).click()
  await expect(outcome).toContainText('Premium Insurance would get it.')
  await expect(rows.nth(2)).toContainText('0 of 50 a day, taken as empty')
  await expect(rows.nth(3)).toContainText('Not needed: sold to Premium Insurance')

  await page.getByLabel('What Premium Insurance says').selectOption({ label: 'refuses it' })
  await expect(outcome).toContainText('Coastal Mutual would get it.')
  await expect(rows.nth(2)).toContainText('Taken to refuse it')
  await page.setViewportSize({ width: 390, height: 900 })
  await expectNoOverflow(page)
  expect(system.received).toHaveLength(before)
})
