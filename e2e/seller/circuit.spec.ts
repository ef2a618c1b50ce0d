import { expect, test } from '../fixtures'
import { expectAccessible } from '../support/accessibility'
import { call, submit } from '../support/api'
import { openTab } from '../support/editor'
import { accepts } from '../support/loopback-buyer'
import { mailTo } from '../support/outbox'
import { signIn } from '../support/people'
import { expectFits, takePictures } from '../support/screens'
import { aConnectedPair, aLiveFlow, aManualStep, aSeller } from '../support/worlds'

const strict = {
  failure_detection: {
    circuit_breaker: { failure_threshold: 2, time_window: '5 minutes', recovery_timeout: '30 minutes' },
  },
}
let number = 0
const send = (url: string) =>
  submit(url, { first_name: 'Ana', last_name: 'García', email: `circuit-${++number}@example.com`, state: 'TX' })

const fails = () => ({ status: 503, body: { error: 'down for maintenance' } })
const open = /^Circuit open after 2 failures, next try \d\d:\d\d/

test('a buyer that fails is left alone; its seller sees why, is told by mail, and lets leads pass again', async ({
  page,
  aLoopbackBuyer,
}) => {
  test.slow()
  const [seller, buyer] = [await aSeller(), await aLoopbackBuyer()]
  const flow = await aLiveFlow(seller, [{ ...aManualStep(buyer.url), failover: strict }])
  await send(flow.submitUrl)
  buyer.react(fails)
  for (let lead = 0; lead < 2; lead++) await send(flow.submitUrl)
  expect((await send(flow.submitUrl)).body.reason).toMatch(open)
  expect(buyer.received).toHaveLength(3)
  expect((await mailTo(seller.email, 'circuit')).subject).toBe('Coastal Mutual is failing: its circuit is open')

  await signIn(page, seller)
  const warning = page.getByRole('listitem').filter({ hasText: 'Coastal Mutual gets no leads' })
  await expect(warning).toContainText('Circuit open after 2 failures')
  await takePictures(page, 'overview')
  await warning.getByRole('link', { name: 'Coastal Mutual' }).click()
  await expect(page.getByText(open)).toHaveCount(2)
  await openTab(page, 'If it fails')
  await expect(page.getByText('No lead is sent. When the time has come')).toBeVisible()
  await expect(page.getByText(/503/)).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await takePictures(page, 'step')

  buyer.react(accepts())
  await page.getByRole('button', { name: 'Reset' }).click()
  await expect(page.getByText('Leads are sent.')).toBeVisible()
  await expect(page.getByText(open)).toHaveCount(0)
  await expect.poll(async () => (await send(flow.submitUrl)).body.outcome).toBe('success')

  await page.getByRole('button', { name: 'Hold open' }).click()
  await expect(page.getByText('No lead is sent until somebody resets it.')).toBeVisible()
  await expect.poll(async () => (await send(flow.submitUrl)).body.reason).toBe('Circuit held open by its owner')
})

test('the buyer holds the circuit of its destination, for every seller', async ({ page, aLoopbackBuyer }) => {
  test.slow()
  const system = await aLoopbackBuyer()
  const { seller, buyer, flow } = await aConnectedPair(system.url)
  const { draft } = await call<{ draft: { steps: object[] } }>(seller.key, 'GET', `/flows/${flow.id}`)
  const steps = draft.steps.map((step) => ({ ...step, failover: strict }))
  await call(seller.key, 'PUT', `/flows/${flow.id}/draft`, { ...draft, steps })
  await call(seller.key, 'POST', `/flows/${flow.id}/publish`)
  system.react(fails)
  for (let lead = 0; lead < 2; lead++) await send(flow.submitUrl)
  expect((await send(flow.submitUrl)).body.reason).toMatch(open)

  await signIn(page, buyer, '/buyer')
  const warning = page.getByRole('listitem').filter({ hasText: 'Our CRM gets no leads' })
  await warning.getByRole('link', { name: 'Our CRM' }).click()
  await expect(page.getByRole('heading', { name: 'Circuit breaker' })).toBeVisible()
  await expect(page.getByText('No lead is sent. When the time has come')).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await takePictures(page, 'destination')
  system.react(accepts())
  await page.getByRole('button', { name: 'Reset' }).click()
  await expect(page.getByText('Leads are sent.')).toBeVisible()
  await expect.poll(async () => (await send(flow.submitUrl)).body.outcome).toBe('success')
})
