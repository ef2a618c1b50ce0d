import { expect, test } from '../fixtures'
import { expectAccessible } from '../support/accessibility'
import { addField, openStop } from '../support/editor'
import { signIn } from '../support/people'
import { aLiveFlow, aManualStep, aSeller } from '../support/worlds'

test('a field of the account is made once, and is offered in every flow', async ({ page }) => {
  const seller = await aSeller()
  const flow = await aLiveFlow(seller, [aManualStep('https://buyer.example.com')])
  await signIn(page, seller, '/seller/settings/fields')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Add field' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Add a field' })
  await dialog.getByLabel('Label').fill('Loyalty tier')
  await dialog.getByLabel('Name', { exact: true }).fill('zip')
  await dialog.getByRole('button', { name: 'Add field' }).click()
  await expect(dialog.getByText('“zip” is another name of the standard field “postal_code”.')).toBeVisible()
  await dialog.getByLabel('Name', { exact: true }).fill('loyalty_tier')
  await dialog.getByRole('button', { name: 'Add field' }).click()
  await expect(page.getByRole('cell', { name: 'loyalty_tier' })).toBeVisible()

  await page.goto(`/seller/flows/${flow.id}`)
  await addField(page, 'loyalty')
  const fields = page.getByRole('list', { name: 'Fields' })
  await expect(fields.getByText('loyalty_tier')).toBeVisible()
  // Found by one of its other names.
  await addField(page, 'zip_code')
  await expect(fields.getByText('postal_code')).toBeVisible()
  await fields.getByRole('checkbox', { name: 'Postal code must be valid' }).click()
  await expect(page.getByText(/^Draft saved/)).toBeVisible()
})

test('a pasted submission shows what it becomes, with names that are not saved yet', async ({ page }) => {
  const seller = await aSeller()
  const flow = await aLiveFlow(seller, [aManualStep('https://buyer.example.com')])
  await signIn(page, seller, `/seller/flows/${flow.id}`)
  await openStop(page, 'Fields')
  await page.getByRole('button', { name: 'Add name' }).click()
  await page.getByLabel('Submitted name 1').fill('nick')
  await page.getByLabel('Field meant by name 1').selectOption('first_name')
  await page.getByLabel('A submission').fill('{"nick": "Ana", "phone": "512-789-1111", "state": "Bavaria"}')
  const table = page.getByRole('table', { name: 'What the submission becomes' })
  await expect(table.getByRole('row', { name: /nick first_name/ })).toContainText('Ana')
  await expect(table.getByRole('row', { name: /phone phone_1/ })).toContainText('(512) 789-1111')
  await expect(table.getByRole('row', { name: /state/ }).getByLabel('not valid')).toBeVisible()
  await expect(page.getByText('Email is required.')).toBeVisible()
  await expectAccessible(page)
})
