import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures'
import { expectAccessible } from '../support/accessibility'
import { call } from '../support/api'
import { publish } from '../support/editor'
import { signIn } from '../support/people'
import { expectFits, takePictures } from '../support/screens'
import { aLiveFlow, aManualStep, aSeller } from '../support/worlds'

async function chooseStrategy(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Change strategy' }).click()
  const dialog = page.getByRole('dialog', { name: 'How buyers are chosen' })
  await dialog.getByRole('button', { name: new RegExp(`^${name}`) }).click()
  await expect(dialog).toBeHidden()
}

test('a seller puts buyers into a distribution, weighs them, and publishes it', async ({ page }) => {
  test.slow()
  const seller = await aSeller()
  const flow = await aLiveFlow(seller, [aManualStep('https://buyer.example.com')])
  await signIn(page, seller, `/seller/flows/${flow.id}`)
  await page.getByRole('button', { name: 'Add step' }).click()
  await page.getByRole('menuitem', { name: /^Distribution/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Add distribution' })
  await dialog.getByLabel('Name').fill('Auction')
  await dialog.getByRole('button', { name: 'Add distribution' }).click()
  await chooseStrategy(page, 'By weight')
  await page.getByRole('button', { name: 'Move in' }).click()
  await page.getByRole('menuitem', { name: 'Coastal Mutual' }).click()
  const members = page.getByRole('list', { name: 'Buyers of the distribution' })
  await members.getByLabel('Weight of Coastal Mutual').fill('3')
  await expect(page.getByRole('list', { name: 'Buyers of Auction' })).toContainText('weight 3')
  await chooseStrategy(page, 'First rule that is met')
  await expect(page.getByText('Coastal Mutual is chosen when')).toBeVisible()
  await chooseStrategy(page, 'By weight')
  await expect(page.getByLabel('Ask several at once')).toHaveCount(0)
  await page.getByLabel('Sells to').fill('2')
  await page.getByLabel('Ask several at once').check()
  await expect(page.getByText(/Sells to 2 of .*, several at once/)).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await takePictures(page, 'distribution')
  await publish(page, 2)
})

test('a seller sends leads to groups by a table, and moves buyers between them', async ({ page }) => {
  test.slow()
  const seller = await aSeller()
  const others = ['west', 'east'].map((id) => ({
    ...aManualStep(`https://${id}.example.com`),
    ...{ id, name: id === 'west' ? 'West Mutual' : 'East Mutual' },
  }))
  const router = { id: 'router', type: 'distribution', name: 'Router', strategy: 'priority', buyers: others }
  const flow = await aLiveFlow(seller, [router])
  await signIn(page, seller, `/seller/flows/${flow.id}?at=step:router`)
  await page.getByRole('button', { name: 'Add a group' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add distribution' })
  await dialog.getByLabel('Name').fill('Western')
  await dialog.getByRole('button', { name: 'Add distribution' }).click()
  await page.getByRole('button', { name: 'Move in' }).click()
  await page.getByRole('menuitem', { name: 'West Mutual' }).click()
  await expect(page.getByRole('list', { name: 'Buyers of Western' })).toContainText('West Mutual')
  await page.getByRole('button', { name: 'Router', exact: true }).click()
  await chooseStrategy(page, 'By a table')
  await page.getByLabel('Field', { exact: true }).selectOption('state')
  await page.getByLabel(/^Western gets/).fill('CA, NV')
  await page.getByLabel(/^East Mutual gets/).fill('ca')
  await expect(page.getByText('“CA” goes to Western already.')).toBeVisible()
  await page.getByLabel(/^East Mutual gets/).fill('NY')
  await page.getByLabel('Any other value').selectOption({ label: 'East Mutual' })
  await expectAccessible(page)
  await takePictures(page, 'table')
  await publish(page, 2)
  const { live } = await call<{ live: { steps: unknown[] } }>(seller.key, 'GET', `/flows/${flow.id}`)
  expect(live.steps).toMatchObject([
    {
      strategy: 'table',
      table: { field: 'state', members: { CA: 'western', NV: 'western', NY: 'east' }, default: 'east' },
      buyers: [{ id: 'east' }, { id: 'western', buyers: [{ id: 'west' }] }],
    },
  ])
})
