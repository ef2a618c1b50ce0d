import { expect, test } from '../fixtures'
import { expectAccessible } from '../support/accessibility'
import { call, submit } from '../support/api'
import { signIn } from '../support/people'
import { aLiveFlow, aManualStep, aSeller } from '../support/worlds'

test('a seller sees what the draft would have made of the leads of before, and sends nothing', async ({
  page,
  aLoopbackBuyer,
}) => {
  const seller = await aSeller()
  const system = await aLoopbackBuyer()
  const flow = await aLiveFlow(seller, [aManualStep(system.url)])
  await submit(flow.submitUrl, { email: 'ana@example.com', state: 'CA', first_name: 'Ana' })
  await submit(flow.submitUrl, { email: 'bo@example.com', state: 'NY', first_name: 'Bo' })
  const { draft } = await call<{ draft: { steps: Record<string, unknown>[] } }>(seller.key, 'GET', `/flows/${flow.id}`)
  const steps = draft.steps.map((step) => ({ ...step, eligible_when: "lead.state == 'CA'" }))
  await call(seller.key, 'PUT', `/flows/${flow.id}/draft`, { ...draft, steps })
  expect(system.received).toHaveLength(2)

  await signIn(page, seller, `/seller/flows/${flow.id}`)
  await page.getByRole('link', { name: 'Backtest' }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Run backtest' }).click()
  await expect(page.getByRole('heading', { name: 'Draft on last 1,000 leads' })).toBeVisible()
  await expect(page.getByRole('row', { name: /^Sold 2 1 −1/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /^Revenue \$60\.00 \$30\.00 −\$30\.00/ })).toBeVisible()

  const leads = page.getByRole('table', { name: 'Leads of the backtest' }).getByRole('row')
  await expect(leads.nth(1)).toContainText('Bo')
  await expect(leads.nth(1)).toContainText('no longer sold')
  await expect(leads.nth(2)).toContainText('the same')
  await expectAccessible(page)
  await page.getByRole('link', { name: /^the same/ }).click()
  await expect(leads).toHaveCount(2)
  await leads.nth(1).getByRole('link').click()
  await expect(page.getByText('sold to Coastal Mutual for $30.00')).toBeVisible()
  expect(system.received).toHaveLength(2)
})

test('the rows of a file are tried as if a source had sent them', async ({ page, aLoopbackBuyer }) => {
  const seller = await aSeller()
  const system = await aLoopbackBuyer()
  const flow = await aLiveFlow(seller, [aManualStep(system.url)])
  await signIn(page, seller, `/seller/flows/${flow.id}/backtest`)
  await page.getByRole('radio', { name: 'The rows of a CSV file' }).click()
  await page.getByLabel('CSV file', { exact: true }).setInputFiles({
    name: 'leads.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('email,state\nana@example.com,CA\n,NY\n'),
  })
  await expect(page.getByText('leads.csv')).toBeVisible()
  await page.getByRole('button', { name: 'Run backtest' }).click()
  await expect(page.getByRole('heading', { name: 'Draft on a CSV file' })).toBeVisible()
  const leads = page.getByRole('table', { name: 'Leads of the backtest' }).getByRole('row')
  await expect(leads.nth(1)).toContainText('Coastal Mutual · $30.00')
  await expect(leads.nth(2)).toContainText('Email is required')
  expect(system.received).toEqual([])
})
