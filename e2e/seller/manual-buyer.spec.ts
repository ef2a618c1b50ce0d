import { expect, test } from '../fixtures'
import { submit } from '../support/api'
import { addBuyer, expectSaved, openTab, publish } from '../support/editor'
import { accepts } from '../support/loopback-buyer'
import { signIn } from '../support/people'
import { aLiveFlow, aManualStep, aNewFlow, aSeller, aSource } from '../support/worlds'

test('a buyer configured by hand gets leads, and its key is never shown again', async ({ page, aLoopbackBuyer }) => {
  const seller = await aSeller()
  const system = await aLoopbackBuyer()
  const flow = await aNewFlow(seller, 'Mortgage Leads')
  await signIn(page, seller, flow.path)
  await addBuyer(page, 'Coastal Mutual', system.url)
  await page.getByLabel('Authentication').selectOption({ label: 'API key' })
  await page.getByLabel('Key', { exact: true }).fill('coastal-key-0815')
  await page.getByLabel('Key', { exact: true }).press('Enter')
  await expect(page.getByText('•••• 0815')).toBeVisible()
  await openTab(page, 'Answers')
  await page.getByLabel('Accepted when the answer’s').fill('status')
  await page.getByLabel(/^is( optional)?$/).fill('accepted')
  await openTab(page, 'Rules')
  await page.getByLabel('Price the buyer pays').fill('30')
  await expectSaved(page)
  await publish(page, 1)
  const { submitUrl } = await aSource(seller, flow.id)

  const said = await submit(submitUrl, { first_name: 'Ana', email: 'ana@example.com' })
  expect(said.body).toMatchObject({ outcome: 'success' })
  const [request] = system.received
  expect(request?.headers['x-api-key']).toBe('coastal-key-0815')
  expect(request?.body).toMatchObject({ first_name: 'Ana', email: 'ana@example.com', event_id: expect.any(String) })

  await page.goto(`/seller/leads/${said.body.lead.id}`)
  await expect(page.getByText('sold to Coastal Mutual for $30.00')).toBeVisible()
  await page.getByText('Request and answer').click()
  await expect(page.getByText(`POST ${system.url}`)).toBeVisible()
  expect(await page.content()).not.toContain('coastal-key-0815')
})

test.describe('the test console', () => {
  test('shows request, answer and outcome of a test lead, which counts nowhere', async ({ page, aLoopbackBuyer }) => {
    const seller = await aSeller()
    const system = await aLoopbackBuyer()
    const flow = await aLiveFlow(seller, [aManualStep(system.url)])
    system.react(accepts({ note: 'taken by the loopback' }))
    await signIn(page, seller, `/seller/flows/${flow.id}/test`)
    await expect(page.getByLabel(/^Email/)).toHaveValue('test@example.com')
    await expect(page.getByLabel(/^Phone/)).toHaveValue('5555551234')
    await page.getByRole('button', { name: 'Send test lead' }).click()
    await expect(page.getByText(`POST ${system.url}`)).toBeVisible()
    await expect(page.getByText('HTTP 201')).toBeVisible()
    await expect(page.getByText('taken by the loopback')).toBeVisible()
    await expect(page.getByRole('region', { name: 'Outcome' })).toContainText('success')
    await expect(page.getByRole('region', { name: 'Outcome' })).toContainText('test')
    expect(system.received[0]?.body).toMatchObject({ test: true, event_id: expect.stringMatching(/^TEST_/) })
    expect(system.received[0]?.headers['x-test-mode']).toBe('true')
  })

  test('a dry run shows the request and sends nothing', async ({ page, aLoopbackBuyer }) => {
    const seller = await aSeller()
    const system = await aLoopbackBuyer()
    const flow = await aLiveFlow(seller, [aManualStep(system.url)])
    await signIn(page, seller, `/seller/flows/${flow.id}/test`)
    await page.getByRole('button', { name: 'Dry run' }).click()
    await expect(page.getByText(`POST ${system.url}`)).toBeVisible()
    await expect(page.getByText('Dry run: nothing was sent.')).toBeVisible()
    expect(system.received).toEqual([])
  })

  const buyers = [
    {
      that: 'refuses the lead',
      reaction: { status: 200, body: { status: 'rejected', reason: 'Already a customer' } } as const,
      outcome: 'rejected',
      words: 'Already a customer',
    },
    {
      that: 'fails',
      reaction: { status: 503, body: { status: 'error' } } as const,
      outcome: 'error',
      words: '503',
    },
    {
      that: 'does not take the credential',
      reaction: { status: 401, body: {} } as const,
      outcome: 'error',
      words: 'Authentication Failed',
    },
    {
      that: 'breaks off without an answer',
      reaction: 'hang-up' as const,
      outcome: 'unknown',
      words: /answer/,
    },
  ]
  for (const { that, reaction, outcome, words } of buyers)
    test(`says in words what came of a buyer that ${that}`, async ({ page, aLoopbackBuyer }) => {
      const seller = await aSeller()
      const system = await aLoopbackBuyer()
      const flow = await aLiveFlow(seller, [aManualStep(system.url)])
      system.react(() => reaction)
      await signIn(page, seller, `/seller/flows/${flow.id}/test`)
      await page.getByRole('button', { name: 'Send test lead' }).click()
      const results = page.getByRole('listitem').filter({ hasText: 'Coastal Mutual' }).first()
      await expect(results).toContainText(outcome)
      await expect(results).toContainText(words)
      expect(system.received).toHaveLength(1)
    })
})
