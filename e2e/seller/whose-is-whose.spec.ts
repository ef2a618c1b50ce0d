import { expect, test } from '../fixtures'
import { ask, call, submit } from '../support/api'
import { signIn } from '../support/people'
import { aLiveFlow, aManualStep, aSeller } from '../support/worlds'

test('a flow and its leads are not there for another account', async ({ page, faults, aLoopbackBuyer }) => {
  faults.expect(/status of 404/)
  const system = await aLoopbackBuyer()
  const owner = await aSeller()
  const flow = await aLiveFlow(owner, [aManualStep(system.url)], 'Nobody else’s flow')
  const said = await submit(flow.submitUrl, { email: 'ana@example.com', first_name: 'Ana' })
  const partner = await call<{ id: string }>(owner.key, 'POST', '/partners', {
    name: 'Nobody else’s flow, nor partner',
  })
  const stranger = await aSeller()
  await signIn(page, stranger)
  for (const path of [
    `/seller/flows/${flow.id}`,
    `/seller/flows/${flow.id}/test`,
    `/seller/leads/${said.body.lead.id}`,
    `/seller/partners/${partner.id}`,
  ]) {
    expect((await page.goto(path))?.status()).toBe(404)
    await expect(page.getByText(/There is no such (flow|lead|partner) here/)).toBeVisible()
    expect(await page.content()).not.toContain('ana@example.com')
    expect(await page.content()).not.toContain('Nobody else’s flow')
  }
  for (const path of ['seller/connections', 'seller/pings', 'buyer/connections', 'buyer/destinations']) {
    expect((await page.goto(`/${path}/${flow.id}`))?.status(), path).toBe(404)
  }
  await page.goto(`/buyer/leads/${said.body.lead.id}`)
  await expect(page.getByText(/There is no such lead here/)).toBeVisible()
  expect((await ask(stranger.key, 'GET', `/flows/${flow.id}`)).status).toBe(404)
  expect((await ask(stranger.key, 'POST', `/flows/${flow.id}/publish`)).status).toBe(404)
})

test('a viewer looks at a flow and cannot change it', async ({ page, database }) => {
  const owner = await aSeller()
  const viewer = await aSeller()
  const flow = await aLiveFlow(owner, [aManualStep('https://coastal.example/leads')])
  await signIn(page, viewer)
  await database`
    insert into members (account_id, user_id, role)
    select ${owner.accountId}, id, 'viewer' from users where email = ${viewer.email}`
  await page.goto('/seller/settings/accounts')
  await page.getByRole('button', { name: `Open ${owner.company}` }).click()
  await expect(page.getByRole('button', { name: `Account ${owner.company}, switch` })).toBeVisible()
  await page.goto(`/seller/flows/${flow.id}`)
  await expect(page.getByText('You can look at this flow, but not change it.')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Publish/ })).toBeDisabled()
  await page.getByRole('button', { name: /^Coastal Mutual/ }).click()
  await expect(page.getByLabel('Name of the step')).toBeDisabled()
  await expect(page.getByRole('switch', { name: 'Enable step' })).toBeDisabled()
})

test('pages of the portals ask who is there', async ({ page }) => {
  for (const path of ['/seller/flows', '/buyer/destinations', '/seller/events?outcome=error']) {
    await page.goto(path)
    await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent(path)}`)
  }
})
