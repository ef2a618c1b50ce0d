import { expect, test } from '../fixtures'
import { mailTo } from '../support/outbox'
import { signIn } from '../support/people'
import { aConnectedBuyer, aSeller } from '../support/worlds'

test('a buyer takes leads by mail: addresses, words, a test that arrives, and live', async ({ page, faults }) => {
  // The frame of the mail lets nothing in, a tester's scripts included.
  faults.expect(/about:srcdoc/)
  const desk = `leads-${Date.now()}@coastal.test`
  const buyer = await aConnectedBuyer(await aSeller())
  await signIn(page, buyer, '/buyer/destinations/new')
  await page.getByRole('radio', { name: /^Email/ }).click()
  await page.getByLabel('Name').fill('Our desk')
  await page.getByLabel('Addresses').fill(desk)
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await expect(page.getByRole('heading', { name: 'What does the mail say?' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText('[TEST] New lead')
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await page.getByRole('button', { name: 'Send test lead' }).click()
  await expect(page.getByText('The test lead got through')).toBeVisible()
  expect((await mailTo(desk, 'lead')).subject).toMatch(/^\[TEST\] New lead/)
  await page.getByRole('checkbox', { name: 'It arrived, and the fields are right' }).check()
  await page.getByRole('button', { name: 'Go live' }).click()
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
  await expect(page.getByText(desk).first()).toBeVisible()
})
