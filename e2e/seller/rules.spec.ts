import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures'
import { call, submit } from '../support/api'
import { addField, expectSaved, openStop, publish } from '../support/editor'
import { signIn } from '../support/people'
import { aLiveFlow, aManualStep, aSeller } from '../support/worlds'

async function chooseField(page: Page, condition: string, field: string): Promise<void> {
  await page.getByRole('button', { name: `Field of condition ${condition}:` }).click()
  await page.getByPlaceholder('Search').fill(field)
  await page.getByRole('listbox').getByRole('option', { name: field }).first().click()
}

const compare = (page: Page, condition: string, words: string) =>
  page.getByLabel(`Comparison of condition ${condition}`, { exact: true }).selectOption({ label: words })

const tester = (page: Page) => page.getByRole('region', { name: 'Rule tester' })

test('a nested rule with a list and a distance is built, tried, published, and refuses a lead in words', async ({
  page,
}) => {
  test.slow()
  const seller = await aSeller()
  const flow = await aLiveFlow(seller, [aManualStep('https://coastal.example/leads')], 'Solar Leads')
  await signIn(page, seller, '/seller/settings/lists')

  await page.getByRole('button', { name: 'Create list' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Create list' })
  await dialog.getByLabel('Name').fill('Past customers')
  await dialog.getByLabel('What it holds').selectOption({ label: 'Email addresses' })
  await dialog.getByRole('button', { name: 'Create list' }).click()
  await expect(page.getByRole('heading', { name: 'Past customers', level: 1 })).toBeVisible()
  await page.getByLabel('Values, one a line').fill('Ann@Example.com\nbob@example.com\nBOB@example.com\nnobody')
  await page.getByRole('button', { name: 'Add values' }).click()
  await expect(page.getByText('2 values added, 1 there already or twice, 1 left out.')).toBeVisible()
  await expect(page.getByText('It is no email.')).toBeVisible()

  await page.goto(`/seller/flows/${flow.id}`)
  await addField(page, 'postal_code')
  await openStop(page, 'Accept when')
  await page.getByRole('button', { name: 'Add condition' }).click()
  await chooseField(page, '1', 'State')
  await compare(page, '1', 'is one of')
  await page.getByLabel('Value of condition 1').fill('TX, CA')
  await page.getByRole('button', { name: 'Add group', exact: true }).click()
  await chooseField(page, '2.1', 'Email')
  await compare(page, '2.1', 'is in the list')
  await page.getByLabel('List of condition 2.1').selectOption({ label: 'Past customers (2)' })
  await page.getByRole('button', { name: 'Add condition in group 2' }).click()
  await chooseField(page, '2.2', 'Postal code')
  await compare(page, '2.2', 'is within')
  await page.getByLabel('Miles of condition 2.2').fill('25')
  await page.getByLabel('Postal code of condition 2.2').fill('00000')
  await expect(page.getByRole('group', { name: 'Condition 2.2' })).toContainText('There is no US postal code 00000.')
  await page.getByLabel('Postal code of condition 2.2').fill('78704')
  await expect(page.getByText('There is no US postal code')).toHaveCount(0)

  await page.getByRole('button', { name: 'Try it on a lead' }).click()
  await tester(page).getByLabel('State').fill('tx')
  await tester(page).getByLabel('Email').fill('someone@example.com')
  await tester(page).getByLabel('Postal code').fill('78664')
  await expect(tester(page)).toContainText('The lead meets this')
  await expect(tester(page)).toContainText('19.4 miles')
  await tester(page).getByLabel('Postal code').fill('78205')
  await expect(tester(page)).toContainText('The lead does not meet this')
  const reason = 'Email must be in the list “Past customers” or Postal code must be within 25 miles of 78704'
  await expect(tester(page)).toContainText(reason)
  await tester(page).getByLabel('Email').fill('ANN@example.com')
  await expect(tester(page)).toContainText('The lead meets this')

  await page.getByRole('button', { name: 'Write as expression' }).click()
  await expect(page.getByLabel('Expression')).toHaveValue(
    "lead.state in ['TX', 'CA'] && (inList(lead.email, 'Past customers') || withinMiles(lead.postal_code, 25, '78704'))",
  )
  await page.getByRole('button', { name: 'Show as rows' }).click()
  await expect(page.getByRole('region', { name: 'Group 2' })).toBeVisible()
  await expectSaved(page)
  await publish(page, 2)

  const lead = { email: 'eve@example.com', state: 'TX', postal_code: '78205' }
  const refused = await submit(flow.submitUrl, lead)
  expect(refused.body).toMatchObject({ outcome: 'failure', reason })
  const { data } = await call<{ data: { id: string; name: string }[] }>(seller.key, 'GET', '/lists')
  await call(seller.key, 'POST', `/lists/${data[0]?.id}/values`, { values: ['EVE@example.com'] })
  expect((await submit(flow.submitUrl, lead)).body.reason).not.toBe(reason)
  await page.goto(`/seller/flows/${flow.id}`)
  await openStop(page, 'Accept when')
  await page.getByRole('button', { name: 'Try it on a lead' }).click()
  await tester(page).getByLabel('Lead to try the rule on').selectOption({ index: 1 })
  await expect(tester(page).getByLabel('Postal code')).toHaveValue('78205')
  await expect(tester(page)).toContainText('The lead meets this')
  await page.goto(`/seller/leads/${refused.body.lead.id}`)
  await expect(page.getByText(reason).first()).toBeVisible()
})
