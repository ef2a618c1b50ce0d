import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures'
import { expectAccessible, expectNoOverflow } from '../support/accessibility'
import { call, submit } from '../support/api'
import { expectSaved, openStop, openTab } from '../support/editor'
import { accepts } from '../support/loopback-buyer'
import { signIn } from '../support/people'
import { desk, phone } from '../support/screens'
import { aManualStep, aNewFlow, aSeller, goLiveWith, type Seller } from '../support/worlds'

const ana = { email: 'ana@example.com', phone_1: '512 789 1111', state: 'TX', city: 'Dallas' }

async function addStep(page: Page, kind: RegExp, title: string, name: string, url?: string): Promise<void> {
  await page.getByRole('button', { name: 'Add step' }).click()
  await page.getByRole('menuitem', { name: kind }).click()
  const dialog = page.getByRole('dialog', { name: title })
  await dialog.getByLabel('Name').fill(name)
  if (url) await dialog.getByLabel('URL').fill(url)
  await dialog.getByRole('button', { name: title }).click()
  await expect(page.getByRole('heading', { name, level: 2 })).toBeVisible()
}

/** The first rule of a panel: an answer below it may have conditions too. */
async function addCondition(page: Page, field: string, value: string): Promise<void> {
  await page.getByRole('button', { name: 'Add condition' }).first().click()
  await page.getByRole('button', { name: 'Field of condition 1' }).first().click()
  await page.getByPlaceholder('Search').fill(field)
  await page.getByRole('listbox').getByRole('option', { name: field }).first().click()
  await page.getByLabel('Value of condition 1').first().fill(value)
}

/** Opens a new flow. When its steps are set up, `goLive` ends it with a buyer and answers where leads are posted to. */
async function openNewFlow(page: Page, seller: Seller) {
  const flow = await aNewFlow(seller, 'Solar Leads')
  await signIn(page, seller, flow.path)
  return {
    goLive: async (buyerUrl: string): Promise<string> => {
      await expectSaved(page)
      return goLiveWith(seller, flow.id, aManualStep(buyerUrl, { city: '{{lead.city}}' }))
    },
  }
}

const openLead = (page: Page, id: string) => page.goto(`/seller/leads/${id}`)
const openEvents = (page: Page, type: string) => page.goto(`/seller/events?type=${type}`)

test('a filter ends a lead with the outcome and in the words that its seller chose', async ({
  page,
  aLoopbackBuyer,
}) => {
  const seller = await aSeller()
  const system = await aLoopbackBuyer()
  const { goLive } = await openNewFlow(page, seller)
  await addStep(page, /^Filter/, 'Add filter', 'Not in Florida')
  await addCondition(page, 'State', 'FL')
  const reason = page.getByLabel('Reason')
  await reason.fill('{{lead.stat}} is not bought here')
  await expect(page.getByText(/no field “stat”|lead\.stat/).first()).toBeVisible()
  await reason.fill('')
  await page.getByRole('button', { name: 'Insert a variable' }).click()
  await page.getByPlaceholder('Search variables and filters').fill('State')
  await page
    .getByRole('option', { name: /lead\.state/ })
    .first()
    .click()
  await expect(reason).toHaveValue('{{lead.state}}')
  await reason.press('End')
  await reason.pressSequentially(' is not bought here')
  await page.getByLabel('Answer the source with').selectOption('error')
  const url = await goLive(system.url)

  const florida = await submit(url, { ...ana, state: 'Florida' })
  expect(florida.body).toMatchObject({ outcome: 'error', reason: 'FL is not bought here' })
  expect((await submit(url, ana)).body).toMatchObject({ outcome: 'success' })
  expect(system.received).toHaveLength(1)
  await openLead(page, florida.body.lead.id)
  await expect(page.getByText('stopped by Not in Florida')).toBeVisible()
  await openEvents(page, 'filter')
  await expect(page.getByRole('row', { name: /Not in Florida/ })).toHaveCount(2)
})

test('a look-up asks a service, and what it answers decides and is delivered', async ({ page, aLoopbackBuyer }) => {
  const seller = await aSeller()
  const [system, service] = [await aLoopbackBuyer(), await aLoopbackBuyer('/check')]
  service.react(({ body }) => ({ status: 200, body: { data: { line: body['phone_1'] ? 'mobile' : 'none' } } }))
  const { goLive } = await openNewFlow(page, seller)
  await addStep(page, /^Look-up/, 'Add look-up', 'Phone check', service.url)
  await openTab(page, 'Answers')
  await page.getByRole('button', { name: 'Capture a value' }).click()
  await page.getByLabel('Name of captured value 1').fill('line')
  await page.getByLabel('Path of captured value 1').fill('data.line')
  await expectSaved(page)
  await addStep(page, /^Filter/, 'Add filter', 'No landlines')
  await addCondition(page, 'appended.phone_check.line', 'none')
  const url = await goLive(system.url)

  const first = await submit(url, ana)
  expect(first.body).toMatchObject({ outcome: 'success' })
  expect(service.received[0]?.body).toMatchObject({ phone_1: '5127891111' })
  await openLead(page, first.body.lead.id)
  await expect(page.getByText('asked Phone check')).toBeVisible()
  const blank = await submit(url, { ...ana, phone_1: '' })
  expect(blank.body).toMatchObject({ outcome: 'failure' })
  service.react(() => ({ status: 503, body: 'down' }))
  expect((await submit(url, ana)).body).toMatchObject({ outcome: 'success' })
  await openEvents(page, 'lookup')
  await expect(page.getByRole('row', { name: /Phone check/ })).toHaveCount(3)
})

test('a duplicate check lets a person in once', async ({ page, aLoopbackBuyer }) => {
  const seller = await aSeller()
  const system = await aLoopbackBuyer()
  const { goLive } = await openNewFlow(page, seller)
  await addStep(page, /^Duplicate check/, 'Add duplicate check', 'Not twice')
  await expect(page.getByRole('checkbox', { name: 'Email' })).toBeChecked()
  await page.getByLabel('Look back').fill('7')
  const url = await goLive(system.url)

  const first = await submit(url, ana)
  expect(first.body).toMatchObject({ outcome: 'success' })
  const again = await submit(url, { ...ana, email: 'ANA@example.com', phone_1: '' })
  expect(again.body).toMatchObject({ outcome: 'failure', reason: 'Duplicate' })
  expect(system.received).toHaveLength(1)
  await openLead(page, first.body.lead.id)
  await expect(page.getByText(/^No earlier lead of this flow has the same Email or Phone 1/)).toBeVisible()
  await openLead(page, again.body.lead.id)
  await expect(page.getByText('stopped by Not twice')).toBeVisible()
  await openEvents(page, 'duplicate_check')
  await expect(page.getByRole('row', { name: /Not twice/ })).toHaveCount(2)
})

test('a suppression list stops who stands on it, hashed too', async ({ page, aLoopbackBuyer }) => {
  const seller = await aSeller()
  const system = await aLoopbackBuyer()
  const body = { name: 'Do not call', type: 'phone', hash: 'sha256' }
  const { id } = await call<{ id: string }>(seller.key, 'POST', '/lists', body)
  await call(seller.key, 'POST', `/lists/${id}/values`, { values: ['(512) 789-9999'] })
  const { goLive } = await openNewFlow(page, seller)
  await addStep(page, /^Suppression list/, 'Add suppression step', 'Do not call')
  await expect(page.getByText('Choose a list.').first()).toBeVisible()
  await page.getByRole('combobox', { name: 'List' }).selectOption({ label: 'Do not call, 1 value' })
  const url = await goLive(system.url)

  const listed = await submit(url, { ...ana, phone_1: '+1 512-789-9999' })
  expect(listed.body).toMatchObject({ outcome: 'failure', reason: 'Suppressed' })
  const other = await submit(url, ana)
  expect(other.body).toMatchObject({ outcome: 'success' })
  expect(system.received).toHaveLength(1)
  await openLead(page, other.body.lead.id)
  await expect(page.getByText('The list has no such Phone 1')).toBeVisible()
  await openEvents(page, 'suppression')
  await expect(page.getByRole('row', { name: /Do not call/ })).toHaveCount(2)
})

test('a step that sets fields changes what is delivered, and the lead shows what was there', async ({
  page,
  aLoopbackBuyer,
}) => {
  const seller = await aSeller()
  const system = await aLoopbackBuyer()
  system.react(accepts())
  const { goLive } = await openNewFlow(page, seller)
  await addStep(page, /^Set fields/, 'Add step', 'Tidy up')
  await page.getByRole('button', { name: 'Set a field' }).click()
  await page.getByLabel('Field 1 to set').selectOption({ label: 'City' })
  await page.getByLabel('Value of field 1').fill('{{lead.city | upcase}}')
  const url = await goLive(system.url)

  const { body } = await submit(url, ana)
  expect(body).toMatchObject({ outcome: 'success' })
  expect(system.received[0]?.body).toMatchObject({ city: 'DALLAS' })
  await openLead(page, body.lead.id)
  await expect(page.getByText('Set City to “DALLAS” (was “Dallas”)')).toBeVisible()
  await expect(page.getByText('set by a step, was Dallas')).toBeVisible()
  await openEvents(page, 'mapping')
  await expect(page.getByRole('row', { name: /Tidy up/ })).toHaveCount(1)
})

test('panels of steps are usable on a phone and at a desk, by keyboard and by everyone', async ({ page }) => {
  const seller = await aSeller()
  await page.setViewportSize(phone)
  await openNewFlow(page, seller)
  const kinds: [RegExp, string, string, string?][] = [
    [/^Set fields/, 'Add step', 'Tidy up'],
    [/^Duplicate check/, 'Add duplicate check', 'Not twice'],
    [/^Suppression list/, 'Add suppression step', 'Do not call'],
    [/^Look-up/, 'Add look-up', 'Phone check', 'https://api.example.com/check'],
    [/^Filter/, 'Add filter', 'Adults only'],
  ]
  const back = page.getByRole('button', { name: 'Path of a lead' })
  for (const [kind, title, name, url] of kinds) {
    await addStep(page, kind, title, name, url)
    for (const size of [desk, phone]) {
      await page.setViewportSize(size)
      await expectAccessible(page)
      await expectNoOverflow(page)
    }
    await back.click()
  }
  await openStop(page, 'Not twice')
  await page.getByRole('checkbox', { name: 'Phone 1' }).focus()
  await page.keyboard.press('Space')
  await expect(page.getByRole('checkbox', { name: 'Phone 1' })).not.toBeChecked()
  await expect(page.getByRole('checkbox', { name: 'Email' })).toBeDisabled()
  await expectSaved(page)
})
