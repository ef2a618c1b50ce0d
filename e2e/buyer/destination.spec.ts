import { expect, test } from '../fixtures'
import { ask, call } from '../support/api'
import type { LoopbackBuyer } from '../support/loopback-buyer'
import { signIn } from '../support/people'
import { aConnectedBuyer, aSeller } from '../support/worlds'

async function aDestination(key: string, system: LoopbackBuyer, auth: Record<string, unknown> = { type: 'none' }) {
  const made = await call<{ id: string }>(key, 'POST', '/destinations', {
    name: 'Our CRM',
    integration: 'webhook',
    endpoint: { url: system.url, auth },
    request: { mappings: { event_id: '{{event_id}}', email: '{{lead.email}}' } },
    response: { success_codes: [201] },
    insecure_confirmed: true,
  })
  return made.id
}

test('a destination goes live only after its test passed and the buyer said that it arrived', async ({
  page,
  aLoopbackBuyer,
}) => {
  const system = await aLoopbackBuyer()
  const buyer = await aConnectedBuyer(await aSeller())
  const id = await aDestination(buyer.key, system)
  const goLiveByApi = async () => (await ask(buyer.key, 'POST', `/destinations/${id}/go-live`)).status
  expect(await goLiveByApi()).toBe(409)
  await signIn(page, buyer, `/buyer/destinations/${id}/setup/test`)
  const live = page.getByRole('button', { name: 'Go live' })
  await expect(page.getByRole('button', { name: 'Send test lead' })).toBeVisible()
  await expect(live).toHaveCount(0)

  system.react(() => ({ status: 500, body: { error: 'The table is full' } }))
  await page.getByRole('button', { name: 'Send test lead' }).click()
  await expect(page.getByText('The test lead did not get through')).toBeVisible()
  await expect(page.getByText('Your system has an error of its own')).toBeVisible()
  await expect(page.getByText('HTTP 500')).toBeVisible()
  await expect(live).toHaveCount(0)

  system.react(() => ({ status: 201, body: {} }))
  await page.getByRole('button', { name: 'Send another test lead' }).click()
  await expect(page.getByText('The test lead got through')).toBeVisible()
  await expect(live).toBeDisabled()
  expect(await goLiveByApi()).toBe(409)
  await page.getByRole('checkbox', { name: 'It arrived, and the fields are right' }).check()
  await live.click()
  await expect(page).toHaveURL(`/buyer/destinations/${id}`)
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible()
})

test('a wrong credential is called Authentication Failed, and leads to where it is mended', async ({
  page,
  aLoopbackBuyer,
}) => {
  const system = await aLoopbackBuyer()
  system.react(({ headers }) =>
    headers.authorization === 'Bearer right' ? { status: 201, body: {} } : { status: 401, body: { error: 'no' } },
  )
  const buyer = await aConnectedBuyer(await aSeller())
  const id = await aDestination(buyer.key, system, { type: 'bearer', token: 'wrong' })
  await signIn(page, buyer, `/buyer/destinations/${id}/setup/test`)
  await page.getByRole('button', { name: 'Send test lead' }).click()
  await expect(page.getByText('Authentication Failed').first()).toBeVisible()
  await page.getByRole('link', { name: 'Check the authentication' }).click()
  await expect(page.getByRole('heading', { name: 'How do we sign in to it?' })).toBeVisible()
  await page.getByRole('button', { name: 'Replace Token' }).click()
  await page.getByLabel('Token', { exact: true }).fill('right')
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await page.getByRole('button', { name: /^Send (another )?test lead$/ }).click()
  await expect(page.getByText('The test lead got through')).toBeVisible()
})

test('a saved credential is shown by its end, and in full only to who gives the password', async ({
  page,
  aLoopbackBuyer,
}) => {
  const buyer = await aConnectedBuyer(await aSeller())
  const id = await aDestination(buyer.key, await aLoopbackBuyer(), { type: 'bearer', token: 'a-token-that-ends-4711' })
  await signIn(page, buyer, `/buyer/destinations/${id}/sign-in`)
  await expect(page.getByText('•••• 4711')).toBeVisible()
  expect(await page.content()).not.toContain('a-token-that-ends')
  await page.getByRole('button', { name: 'Reveal Token' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Your password').fill('not the password')
  await dialog.getByRole('button', { name: 'Reveal' }).click()
  await expect(dialog.getByText('a-token-that-ends-4711')).toHaveCount(0)
  await dialog.getByLabel('Your password').fill(buyer.password)
  await dialog.getByRole('button', { name: 'Reveal' }).click()
  await expect(dialog.getByText('a-token-that-ends-4711')).toBeVisible()
})

test('two destinations of an account cannot have one name, and the sandbox needs no address', async ({
  page,
  aLoopbackBuyer,
}) => {
  const buyer = await aConnectedBuyer(await aSeller())
  await aDestination(buyer.key, await aLoopbackBuyer())
  await signIn(page, buyer, '/buyer/destinations/new')
  await page.getByRole('radio', { name: /sandbox/i }).click()
  await page.getByLabel('Name', { exact: true }).fill('Our CRM')
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await expect(page.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Name', { exact: true }).fill('Sandbox')
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await expect(page.getByText('there is nothing to sign in to', { exact: false })).toBeVisible()
})
