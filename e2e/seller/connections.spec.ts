import { expect, test } from '../fixtures'
import { submit } from '../support/api'
import { signIn } from '../support/people'
import { aConnectedPair } from '../support/worlds'

const ana = { first_name: 'Ana', last_name: 'Garcia', email: 'ana@example.com', state: 'CA' }

test('a paused connection gets no lead from the next one on, until whoever paused it resumes', async ({
  page,
  anotherBrowser,
  aLoopbackBuyer,
}) => {
  const system = await aLoopbackBuyer()
  const { seller, buyer, flow } = await aConnectedPair(system.url)
  expect((await submit(flow.submitUrl, ana)).body.outcome).toBe('success')
  system.received.length = 0

  await signIn(page, seller, `/seller/connections/${buyer.connectionId}`)
  await expect(page.getByText('Configured by buyer')).toBeVisible()
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText('You have paused this connection.', { exact: false }).first()).toBeVisible()
  const refused = await submit(flow.submitUrl, { ...ana, email: 'second@example.com' })
  expect(refused.body).toMatchObject({ outcome: 'failure', reason: expect.stringMatching(/paused/i) })
  expect(system.received).toEqual([])

  const other = await anotherBrowser()
  await signIn(other, buyer, `/buyer/connections/${buyer.connectionId}`)
  await expect(other.getByText(`Paused by ${seller.company}`)).toBeVisible()
  await expect(other.getByRole('button', { name: 'Resume' })).toHaveCount(0)

  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
  const again = await submit(flow.submitUrl, { ...ana, email: 'third@example.com' })
  expect(again.body.outcome).toBe('success')
  expect(system.received).toHaveLength(1)
})

test('a buyer that disconnects is gone for both', async ({ page, anotherBrowser, aLoopbackBuyer }) => {
  const system = await aLoopbackBuyer()
  const { seller, buyer, flow } = await aConnectedPair(system.url)
  await signIn(page, buyer, `/buyer/connections/${buyer.connectionId}`)
  await page.getByRole('button', { name: 'Disconnect' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click()
  await expect(page.getByText('Disconnected').first()).toBeVisible()
  system.received.length = 0
  expect((await submit(flow.submitUrl, ana)).body.outcome).toBe('failure')
  expect(system.received).toEqual([])
  const other = await anotherBrowser()
  await signIn(other, seller, `/seller/connections/${buyer.connectionId}`)
  await expect(other.getByText('This connection was ended.', { exact: false }).first()).toBeVisible()
})
