import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures'
import { expectAccessible, expectNoOverflow } from '../support/accessibility'
import { submit } from '../support/api'
import { expectSaved, openTab, publish } from '../support/editor'
import { accepts } from '../support/loopback-buyer'
import { mailTo } from '../support/outbox'
import { signIn } from '../support/people'
import { aLiveFlow, aManualStep, aNewFlow, aSeller, aSource } from '../support/worlds'

/** The frame of the mail lets nothing in, a tester's scripts included. */
const refusedInFrame = /about:srcdoc/
const lookAtText = (page: Page) => page.getByRole('tab', { name: 'Text', exact: true }).click()

test('a buyer that takes leads by mail is set up in the browser, and the mail has the right fields', async ({
  page,
  faults,
}) => {
  faults.expect(refusedInFrame)
  const desk = `desk-${Date.now()}@coastal.test`
  const seller = await aSeller()
  const flow = await aNewFlow(seller, 'Insurance by mail')
  await signIn(page, seller, flow.path)
  await page.getByRole('button', { name: 'Add step' }).click()
  await page.getByRole('menuitem', { name: /^Buyer/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Add buyer step' })
  await dialog.getByLabel('Name').fill('Coastal desk')
  await dialog.getByRole('radio', { name: /^By email/ }).click()
  await dialog.getByRole('textbox', { name: 'To' }).fill(desk)
  await dialog.getByRole('button', { name: 'Add buyer step' }).click()
  await openTab(page, 'Rules')
  await page.getByLabel('Price the buyer pays').fill('30')
  await openTab(page, 'Email')
  await page.getByRole('textbox', { name: 'Subject' }).fill('Lead: {{lead.first_name}} of {{lead.state}}')
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText('[TEST] Lead: Test of TX')
  await lookAtText(page)
  await expectAccessible(page)
  await expectNoOverflow(page)
  await expectSaved(page)
  await publish(page, 1)
  const { submitUrl } = await aSource(seller, flow.id)

  const said = await submit(submitUrl, {
    first_name: 'Ana',
    email: 'ana@example.com',
    state: 'CA',
    phone_1: '5127891111',
  })
  expect(said.body).toMatchObject({ outcome: 'success' })
  const mail = await mailTo(desk, 'lead')
  expect(mail.subject).toBe('Lead: Ana of CA')
  for (const words of ['ana@example.com', '(512) 789-1111', 'CA']) {
    expect(mail.html).toContain(words)
    expect(mail.text).toContain(words)
  }
  await page.goto(`/seller/leads/${said.body.lead.id}`)
  await expect(page.getByText('sold to Coastal desk for $30.00')).toBeVisible()
  await page.getByText('The mail', { exact: true }).click()
  await expect(page.getByText(desk)).toBeVisible()
  await expect(page.getByText('Sent', { exact: true }).first()).toBeVisible()
})

test('a mail follows a lead that a buyer accepted, and none that it refused', async ({
  page,
  aLoopbackBuyer,
  faults,
}) => {
  faults.expect(refusedInFrame)
  const copy = `copy-${Date.now()}@meridian.test`
  const system = await aLoopbackBuyer()
  const seller = await aSeller()
  const flow = await aLiveFlow(seller, [aManualStep(system.url)])
  await signIn(page, seller, `/seller/flows/${flow.id}?at=step:coastal`)
  await openTab(page, 'Email')
  await page.getByRole('switch', { name: 'Send a mail too' }).click()
  await page.getByRole('textbox', { name: 'To', exact: true }).fill(copy)
  await expectSaved(page)
  await publish(page, 2)
  system.react(() => ({ status: 422, body: { error: 'not today' } }))
  expect((await submit(flow.submitUrl, { email: 'refused@example.com' })).body).toMatchObject({ outcome: 'failure' })
  system.react(accepts())
  expect((await submit(flow.submitUrl, { email: 'taken@example.com' })).body).toMatchObject({ outcome: 'success' })
  const mail = await mailTo(copy, 'lead')
  expect(mail.text).toContain('taken@example.com')
  expect(system.received).toHaveLength(2)
})

test('the account’s template is changed with a preview, and reset', async ({ page, faults }) => {
  faults.expect(refusedInFrame)
  await signIn(page, await aSeller(), '/seller/settings/email')
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText('[TEST] New lead')
  await lookAtText(page)
  await expectAccessible(page)
  await page.getByRole('textbox', { name: 'Subject' }).fill('{{lead.email | shout}}')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(/There is no filter “shout”/).first()).toBeVisible()
  await page.getByRole('textbox', { name: 'Subject' }).fill('From Meridian: {{lead.email}}')
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText('[TEST] From Meridian: test@example.com')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved. It counts from the next lead on.')).toBeVisible()
  await page.getByRole('button', { name: 'Reset to default' }).click()
  await page.getByRole('dialog').or(page.getByRole('alertdialog')).getByRole('button', { name: 'Reset' }).click()
  await expect(page.getByText('Baton’s own template is used.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Subject' })).toHaveValue(/^New lead/)
})
