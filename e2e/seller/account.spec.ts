import { expect, test } from '../fixtures'
import { ask, call } from '../support/api'
import { signIn } from '../support/people'
import { untilAlive } from '../support/watch'
import { aSeller } from '../support/worlds'

test('a key made in the settings opens the API, until it is revoked', async ({ page }) => {
  const seller = await aSeller()
  await signIn(page, seller, '/seller/settings/keys')
  await page.getByRole('button', { name: 'Create API key' }).first().click()
  await page.getByRole('dialog').getByLabel('Name').fill('Reporting script')
  await page.getByRole('dialog').getByRole('button', { name: 'Create key' }).click()
  const key = (await page.getByRole('dialog').getByText(/^bat_/).textContent()) ?? ''
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('row', { name: /Reporting script/ })).toBeVisible()
  expect(await page.content()).not.toContain(key)
  expect(await call(key, 'GET', '/me')).toMatchObject({ account: { name: seller.company }, role: 'owner' })

  await page.getByRole('button', { name: 'Revoke Reporting script' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke key' }).click()
  await expect(page.getByRole('row', { name: /Reporting script/ })).toHaveCount(0)
  await expect.poll(async () => (await ask(key, 'GET', '/me')).status, { timeout: 15_000 }).toBe(401)
})

test('a person with two companies switches between them and sees only the one', async ({ page }) => {
  const seller = await aSeller()
  await call(seller.key, 'POST', '/flows', { name: 'Flow of the first company' })
  await signIn(page, seller, '/seller/settings/accounts')
  await page.getByRole('button', { name: 'Create account' }).click()
  const second = `${seller.company} West`
  await page.getByRole('dialog').getByLabel('Company').fill(second)
  await page.getByRole('dialog').getByRole('button', { name: 'Create and open' }).click()
  await expect(page.getByRole('button', { name: `Account ${second}, switch` })).toBeVisible()
  await page.goto('/seller/flows')
  await expect(page.getByRole('heading', { name: 'Flows', level: 1 })).toBeVisible()
  await expect(page.getByText('Flow of the first company')).toHaveCount(0)
  await page.getByRole('button', { name: `Account ${second}, switch` }).click()
  await page.getByRole('menuitem', { name: seller.company, exact: true }).click()
  await expect(page.getByRole('button', { name: `Account ${seller.company}, switch` })).toBeVisible()
  await page.goto('/seller/flows')
  await expect(page.getByText('Flow of the first company')).toBeVisible()
})

test('signing in leads to where one wanted to go; signing out ends the session, also for whoever kept its cookie', async ({
  page,
  context,
  anotherBrowser,
}) => {
  const seller = await aSeller()
  await page.goto('/seller/connections')
  await expect(page).toHaveURL(/\/sign-in/)
  await page.getByLabel('Email').fill(seller.email)
  await page.getByLabel('Password').fill(seller.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL('/seller/connections')
  await expect(page.getByRole('heading', { name: 'Connections', level: 1 })).toBeVisible()
  await untilAlive(page)
  const kept = await context.cookies()
  await page.getByRole('button', { name: `${seller.name}, menu` }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  await page.goto('/seller/flows')
  await expect(page).toHaveURL(/\/sign-in/)
  const thief = await anotherBrowser()
  await thief.context().addCookies(kept)
  await thief.goto('/seller/flows')
  await expect(thief).toHaveURL(/\/sign-in/)
})

test('a wrong password is refused without telling whether the email is known', async ({ page, faults }) => {
  faults.expect(/status of 401/)
  const seller = await aSeller()
  for (const email of [seller.email, 'nobody.at.all@example.com']) {
    await page.goto('/sign-in')
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password').fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('That email and password do not go together. Check both.')).toBeVisible()
  }
})
