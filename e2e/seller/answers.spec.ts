import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures'
import { expectAccessible } from '../support/accessibility'
import { submit } from '../support/api'
import { addBuyer, expectSaved, openTab } from '../support/editor'
import { signIn } from '../support/people'
import { aLiveFlow, aManualStep, aNewFlow, aSeller, goLiveWith } from '../support/worlds'

const tester = (page: Page) => page.getByRole('region', { name: 'Try an answer' })

async function addCondition(page: Page, number: number, value: string, outcome: string, reason?: string) {
  await page.getByRole('button', { name: 'Add condition' }).click()
  await page.getByLabel(`Value of condition ${number}`).fill(value)
  await page.getByLabel(`Outcome of condition ${number}`).selectOption({ label: outcome })
  if (reason !== undefined) await page.getByLabel(`Reason of condition ${number}`).fill(reason)
}

test('an odd answer is set up in the browser, tried, and what it says reaches the next buyer', async ({
  page,
  aLoopbackBuyer,
}) => {
  test.slow()
  const seller = await aSeller()
  const first = await aLoopbackBuyer()
  const second = await aLoopbackBuyer()
  const flow = await aNewFlow(seller, 'Solar Leads')
  await signIn(page, seller, flow.path)
  await addBuyer(page, 'Coastal Mutual', first.url)
  await openTab(page, 'Answers')

  await page.getByLabel('The answer is').selectOption({ label: 'Plain text' })
  await page.getByLabel('Accepted when the answer’s').fill('0')
  await page.getByLabel(/^is( optional)?$/).fill('OK')
  await page.getByLabel('Buyer’s lead ID at').fill('1')
  await page.getByLabel('Price at').fill('2')
  await addCondition(page, 1, 'already', 'rejected as a duplicate')
  await addCondition(page, 2, 'no budget', 'error', 'Out of money: {{captured.left}}')
  await page.getByRole('button', { name: 'Capture a value' }).click()
  await page.getByLabel('Name of captured value 1').fill('left')
  await page.getByLabel('Path of captured value 1').fill('left=(\\d+')

  // A pattern that does not close is said at its row, with what is wrong.
  await expect(page.getByText(/This pattern can’t be used: missing closing/)).toBeVisible()
  await page.getByLabel('Path of captured value 1').fill('left=(\\d+)')
  await expect(page.getByText(/This pattern can’t be used/)).toBeHidden()

  await tester(page).getByLabel('Body').fill('OK|123|45.00|left=7')
  await expect(tester(page)).toContainText('accepted')
  await expect(tester(page)).toContainText('$45.00')
  await expect(tester(page).getByRole('list', { name: 'Found in the answer' })).toContainText('left')
  await expect(tester(page)).toContainText('None of the conditions fits.')
  await tester(page).getByLabel('Body').fill('NO|we have this lead already')
  await expect(tester(page)).toContainText('Condition 1 decides')
  await expect(page.getByRole('group', { name: 'Condition 1' })).toContainText('decides here')
  await tester(page).getByLabel('Body').fill('NO|no budget|left=0')
  await expect(tester(page)).toContainText('Out of money: 0')
  await expectAccessible(page)
  await expectSaved(page)

  const mappings = { left_at_other: '{{appended.coastal_mutual.left}}' }
  const url = await goLiveWith(seller, flow.id, {
    ...aManualStep(second.url, mappings),
    id: 'sunset',
    name: 'Sunset Home',
  })

  first.react(() => ({ status: 200, body: 'OK|A-17|45.00|left=3' }))
  const said = await submit(url, { first_name: 'Ana', email: 'ana@example.com' })
  expect(said.body).toMatchObject({ outcome: 'success' })
  expect(second.received[0]?.body).toMatchObject({ left_at_other: '3' })

  await page.goto(`/seller/leads/${said.body.lead.id}`)
  await expect(page.getByText('A-17', { exact: true }).first()).toBeVisible()
})

test('the last answer that came is taken into the tester', async ({ page, aLoopbackBuyer }) => {
  test.slow()
  const seller = await aSeller()
  const system = await aLoopbackBuyer()
  system.react(() => ({ status: 422, body: { error: { code: 'DUP', text: 'Seen before' } } }))
  const flow = await aLiveFlow(seller, [aManualStep(system.url)])
  await submit(flow.submitUrl, { first_name: 'Ana', email: 'ana@example.com' })
  await signIn(page, seller, `/seller/flows/${flow.id}?at=step:coastal`)
  await openTab(page, 'Answers')
  await tester(page).getByRole('button', { name: 'Take the last answer' }).click()
  await expect(tester(page).getByLabel('Body')).toHaveValue(/Seen before/)
  await expect(tester(page).getByLabel('Status')).toHaveValue('422')
  await expect(tester(page)).toContainText('422 is no success code.')
  await page.getByLabel('Duplicate when the answer’s').fill('error.code')
  await expect(tester(page)).toContainText('“error.code” says that the buyer had this lead already.')
})
