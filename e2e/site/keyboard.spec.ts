import { expect, test } from '../fixtures'
import { demoSeller, signIn } from '../support/people'

test('⌘K opens from anywhere and goes where it is told', async ({ page }) => {
  await signIn(page, demoSeller)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const palette = page.getByRole('dialog', { name: 'Search and commands' })
  await expect(async () => {
    await page.keyboard.press('ControlOrMeta+k')
    await expect(palette).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await page.keyboard.type('connections')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/seller/connections')
  await expect(palette).toBeHidden()
})

test('the palette finds a flow by its name', async ({ page }) => {
  await signIn(page, demoSeller)
  await page.getByRole('button', { name: 'Search and commands' }).click()
  await page.keyboard.type('Insurance Leads')
  await page
    .getByRole('option', { name: /Insurance Leads/ })
    .first()
    .click()
  await expect(page).toHaveURL(/\/seller\/flows\/[\w-]{36}/)
})

test('g f goes to flows, j and e open one of them, ? says which keys there are', async ({ page }) => {
  await signIn(page, demoSeller)
  await expect(async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('f')
    await expect(page).toHaveURL('/seller/flows', { timeout: 1_500 })
  }).toPass()
  await expect(page.getByRole('heading', { name: 'Flows', level: 1 })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: /shortcuts/i })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('j')
  await page.keyboard.press('e')
  await expect(page).toHaveURL(/\/seller\/flows\/[\w-]{36}/)
})
