import { expect, test } from '../fixtures'
import { ask, call } from '../support/api'
import { linkIn, mailTo } from '../support/outbox'
import { signIn, somebody } from '../support/people'
import { aConnectedBuyer, anInvitation, aSeller } from '../support/worlds'

test('an invitation that has expired says so, and cannot be accepted', async ({ page, database }) => {
  const seller = await aSeller()
  const { email } = somebody('Coastal Mutual', 'Ben Ito')
  const invitation = await anInvitation(seller, email)
  await database`update invitations set expires_at = now() - interval '1 minute' where id = ${invitation.id}`
  await page.goto(invitation.link)
  await expect(page.getByText('This invitation has expired')).toBeVisible()
  await expect(page.getByText(`Ask ${seller.company} to send it again`, { exact: false })).toBeVisible()
  const late = { company: 'Late', name: 'Late', password: 'a sentence that is too late' }
  expect((await ask(undefined, 'POST', `/invitations/by-token/${invitation.token}/accept`, late)).status).toBe(409)
})

test('an invitation that was taken back says so', async ({ page }) => {
  const seller = await aSeller()
  const { email } = somebody('Coastal Mutual', 'Ben Ito')
  const invitation = await anInvitation(seller, email)
  await call(seller.key, 'POST', `/invitations/${invitation.id}/revoke`)
  await page.goto(invitation.link)
  await expect(page.getByText('This invitation was taken back')).toBeVisible()
  await expect(page.getByRole('button', { name: /accept/i })).toHaveCount(0)
})

test('an invitation works once: who comes second is told that it was accepted', async ({ page }) => {
  const seller = await aSeller()
  const buyer = await aConnectedBuyer(seller)
  await page.goto(linkIn(await mailTo(buyer.email, 'invitation')))
  await expect(page.getByText('This invitation has been accepted')).toBeVisible()
})

test('sending it again makes a new link and voids the old one', async ({ page }) => {
  const seller = await aSeller()
  const { email } = somebody('Coastal Mutual', 'Ben Ito')
  const invitation = await anInvitation(seller, email)
  await call(seller.key, 'POST', `/invitations/${invitation.id}/resend`, {})
  const renewed = linkIn(await mailTo(email, 'invitation', 2))
  expect(renewed).not.toBe(invitation.link)
  await page.goto(invitation.link)
  await expect(page.getByText('This link opens no invitation')).toBeVisible()
  await page.goto(renewed)
  await expect(page.getByRole('button', { name: 'Create an account and accept' })).toBeVisible()
})

test('a link that was cut in two says what may have happened', async ({ page }) => {
  await page.goto('/invite/only-half-of-a-token')
  await expect(page.getByText('This link opens no invitation')).toBeVisible()
})

test('somebody who has an account accepts with it', async ({ page }) => {
  const seller = await aSeller()
  const buyer = await aSeller()
  const { link } = await anInvitation(seller, buyer.email)
  await page.goto(link)
  await page.getByRole('link', { name: 'Sign in to accept' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in', level: 1 })).toBeVisible()
  await expect(page.getByLabel('Email')).toHaveValue(buyer.email)
  await page.getByLabel('Password').fill(buyer.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: `Accept as ${buyer.company}` }).click()
  await expect(page).toHaveURL(/\/buyer\/connections\/[\w-]{36}/)
  await expect(page.getByRole('heading', { name: seller.company, level: 1 })).toBeVisible()
})

test('a buyer declines, and its seller sees that it did', async ({ page, anotherBrowser }) => {
  const seller = await aSeller()
  const { email } = somebody('Coastal Mutual', 'Ben Ito')
  const { link } = await anInvitation(seller, email)
  await page.goto(link)
  await page.getByRole('button', { name: 'Decline' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Decline invitation' }).click()
  await expect(page.getByText('This invitation was declined')).toBeVisible()
  const other = await anotherBrowser()
  await signIn(other, seller, '/seller/connections')
  await expect(other.getByRole('row', { name: new RegExp(email) })).toContainText(/declined/i)
})
