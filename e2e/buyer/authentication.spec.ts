import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '../fixtures'
import { expectAccessible, expectNoOverflow } from '../support/accessibility'
import { call } from '../support/api'
import { signIn } from '../support/people'
import { aConnectedBuyer, aSeller } from '../support/worlds'

const clientSecret = 'oauth-secret-0815'
const token = 'access-token-4711'

/** A token server and, on the same port, a buyer's system that takes its token only. */
async function anOAuthBuyer() {
  const received: { authorization: string | undefined; headers: Record<string, unknown>; body: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    response.setHeader('content-type', 'application/json')
    if (request.url === '/token') {
      const isKnown = new URLSearchParams(body).get('client_secret') === clientSecret
      response.writeHead(isKnown ? 200 : 401)
      response.end(isKnown ? JSON.stringify({ access_token: token, expires_in: 3600 }) : '{"error":"invalid_client"}')
      return
    }
    const { authorization } = request.headers
    received.push({ authorization, headers: request.headers, body })
    response.writeHead(authorization === `Bearer ${token}` ? 201 : 401).end('{}')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, received, close: () => server.close() }
}

test('OAuth and a signature are set up in the browser, tried out, and sent with the test lead', async ({ page }) => {
  const system = await anOAuthBuyer()
  const buyer = await aConnectedBuyer(await aSeller())
  const { id } = await call<{ id: string }>(buyer.key, 'POST', '/destinations', {
    name: 'Our CRM',
    integration: 'webhook',
    endpoint: { url: `${system.url}/leads` },
    request: { mappings: { event_id: '{{event_id}}', email: '{{lead.email}}' } },
    response: { success_codes: [201] },
    insecure_confirmed: true,
  })
  await signIn(page, buyer, `/buyer/destinations/${id}/setup/sign-in`)
  await page.getByLabel('Authentication').selectOption({ label: 'OAuth 2 client credentials' })
  await page.getByLabel('Token URL').fill(`${system.url}/token`)
  await page.getByLabel('Client ID').fill('baton')
  await page.getByLabel('Client secret').fill('wrong')
  await page.getByRole('button', { name: 'Get a token now' }).click()
  await expect(page.getByText('The token server answered 401 invalid_client')).toBeVisible()
  await page.getByRole('button', { name: 'Replace Client secret' }).click()
  await page.getByLabel('Client secret').fill(clientSecret)
  await page.getByRole('button', { name: 'Get a token now' }).click()
  await expect(page.getByText('It works: the token ends')).toBeVisible()

  await page.getByLabel('Signature').selectOption({ label: 'Standard Webhooks' })
  await page.getByRole('button', { name: 'Make a secret' }).click()
  const secret = (await page.getByText(/^whsec_/).textContent()) ?? ''
  await expectAccessible(page)
  await expectNoOverflow(page)
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await page.getByRole('button', { name: 'Send test lead' }).click()
  await expect(page.getByText('The test lead got through')).toBeVisible()

  const [lead] = system.received
  expect(lead?.authorization).toBe(`Bearer ${token}`)
  const signed = `${lead?.headers['webhook-id']}.${lead?.headers['webhook-timestamp']}.${lead?.body}`
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const expected = createHmac('sha256', key).update(signed).digest('base64')
  expect(lead?.headers['webhook-signature']).toBe(`v1,${expected}`)
  const shown = await page.content()
  for (const text of [token, clientSecret, secret.slice(6)]) expect(shown).not.toContain(text)
  system.close()
})

test('a secret is kept by name, used, and not deleted while something uses it', async ({ page, aLoopbackBuyer }) => {
  const system = await aLoopbackBuyer()
  const buyer = await aConnectedBuyer(await aSeller())
  await signIn(page, buyer, '/buyer/settings/secrets')
  await page.getByRole('button', { name: 'Add secret' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('CRM_TOKEN')
  await dialog.getByLabel('Value').fill('crm-token-4711')
  await dialog.getByRole('button', { name: 'Add secret' }).click()
  await expect(page.getByText('•••• 4711')).toBeVisible()
  const { id } = await call<{ id: string }>(buyer.key, 'POST', '/destinations', {
    name: 'Our CRM',
    integration: 'webhook',
    endpoint: { url: system.url, auth: { type: 'bearer', token: '{{secret.CRM_TOKEN}}' } },
    request: { mappings: { event_id: '{{event_id}}', email: '{{lead.email}}' } },
    response: { success_codes: [201] },
    insecure_confirmed: true,
  })
  await call(buyer.key, 'POST', `/destinations/${id}/test`, {})
  expect(system.received[0]?.headers['authorization']).toBe('Bearer crm-token-4711')
  await page.reload()
  await expect(page.getByRole('link', { name: 'Our CRM' })).toBeVisible()
  await expectAccessible(page)
  await expectNoOverflow(page)
  await page.getByRole('button', { name: 'Delete CRM_TOKEN' }).click()
  await page.getByRole('button', { name: 'Delete secret' }).click()
  await expect(page.getByText('It is used in destination Our CRM', { exact: false })).toBeVisible()
})
