import { expect, test } from '../fixtures'
import { call } from '../support/api'
import { openTab } from '../support/editor'
import { signIn } from '../support/people'
import { aLiveFlow, aManualStep, aSeller } from '../support/worlds'

test('a flow with a problem cannot be published, and the problem stands at its field', async ({ page }) => {
  const seller = await aSeller()
  const flow = await aLiveFlow(seller, [aManualStep('https://coastal.example/leads')])
  await signIn(page, seller, `/seller/flows/${flow.id}?at=step:coastal`)
  await openTab(page, 'Mapping')
  await page.getByLabel('Value of email').fill('{{lead.no_such_field}}')
  const note = page.getByRole('group', { name: 'Mapping' }).filter({ hasText: 'no_such_field' })
  await expect(note.first()).toContainText('no_such_field')
  await expect(page.getByLabel('Value of email')).toHaveAttribute('aria-invalid', 'true')
  await page.getByRole('button', { name: /^Publish/ }).click()
  const dialog = page.getByRole('dialog', { name: /^Publish/ })
  await expect(dialog).toContainText('1 problem to mend first')
  await expect(dialog.getByRole('button', { name: 'Publish' })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Show' }).click()
  await page.getByLabel('Value of email').fill('{{lead.email}}')
  await expect(page.getByLabel('Value of email')).toHaveAttribute('aria-invalid', 'false')
})

test('what is published can be brought back later', async ({ page }) => {
  const seller = await aSeller()
  const flow = await aLiveFlow(seller, [aManualStep('https://coastal.example/leads')])
  await call(seller.key, 'PUT', `/flows/${flow.id}/draft`, {
    fields: [{ name: 'email', type: 'email' }],
    steps: [aManualStep('https://elsewhere.example/leads')],
  })
  await call(seller.key, 'POST', `/flows/${flow.id}/publish`)
  await signIn(page, seller, `/seller/flows/${flow.id}/versions`)
  await expect(page.getByRole('listitem').filter({ hasText: 'Version 2' })).toContainText('live')
  await page.getByRole('listitem').filter({ hasText: 'Version 1' }).getByRole('button', { name: 'Restore' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Restore into draft' }).click()
  await page.waitForURL(`/seller/flows/${flow.id}`)
  await expect
    .poll(async () => JSON.stringify(await call(seller.key, 'GET', `/flows/${flow.id}`)))
    .toContain('coastal.example')
})
