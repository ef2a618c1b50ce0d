import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures'
import { call } from '../support/api'
import { expectSaved, openStop, openTab, stepNames } from '../support/editor'
import { signIn } from '../support/people'
import { expectFitsEverywhere } from '../support/screens'
import { aLiveFlow, aManualStep, aSeller, type Seller } from '../support/worlds'

const adults = { id: 'adults', type: 'filter', name: 'Adults only', stop_when: 'lead.state == "ZZ"' }
const second = (url: string) => ({ ...aManualStep(url), id: 'second', name: 'Second buyer' })

async function aFlowOfThree(seller: Seller, url = 'https://coastal.example/leads') {
  return aLiveFlow(seller, [adults, aManualStep(url), second(url)])
}

type Draft = { draft: { steps: { id: string; name: string }[] } }
const draftOf = async (seller: Seller, id: string) => (await call<Draft>(seller.key, 'GET', `/flows/${id}`)).draft
const idsOf = async (seller: Seller, id: string) => (await draftOf(seller, id)).steps.map((step) => step.id)

const undo = (page: Page) => page.getByRole('button', { name: 'Undo', exact: true })
const redo = (page: Page) => page.getByRole('button', { name: 'Redo', exact: true })

test('steps are moved by dragging, by the keyboard and by buttons, and each move can be undone', async ({ page }) => {
  const seller = await aSeller()
  const { id } = await aFlowOfThree(seller)
  await signIn(page, seller, `/seller/flows/${id}`)
  const names = ['Adults only', 'Coastal Mutual', 'Second buyer']
  await expect.poll(() => stepNames(page)).toEqual(names)

  const handle = page.getByRole('button', { name: 'Move Adults only' })
  const target = page.getByRole('button', { name: 'Move Second buyer' })
  const [from, to] = [await handle.boundingBox(), await target.boundingBox()]
  if (!from || !to) throw new Error('a step is not on the page')
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(from.x + from.width / 2, from.y + 30, { steps: 4 })
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2 + 8, { steps: 12 })
  await page.mouse.up()
  await expect.poll(() => stepNames(page)).toEqual(['Coastal Mutual', 'Second buyer', 'Adults only'])
  await expectSaved(page)
  await expect.poll(() => idsOf(seller, id)).toEqual(['coastal', 'second', 'adults'])
  await undo(page).click()
  await expect.poll(() => stepNames(page)).toEqual(names)

  await handle.focus()
  await page.keyboard.press('Space')
  await expect(page.getByText('Adults only picked up at position 1 of 3.')).toBeAttached()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByText('Adults only is over position 2 of 3.')).toBeAttached()
  await page.keyboard.press('Space')
  await expect.poll(() => stepNames(page)).toEqual(['Coastal Mutual', 'Adults only', 'Second buyer'])

  await page.getByRole('button', { name: /^Adults only/ }).focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(page.getByRole('status').filter({ hasText: 'Adults only is at position 1 of 3' })).toBeAttached()
  await expect.poll(() => stepNames(page)).toEqual(names)
})

test('undo and redo take in everything: typing as one change, steps, and what was saved since', async ({ page }) => {
  const seller = await aSeller()
  const { id } = await aFlowOfThree(seller)
  await signIn(page, seller, `/seller/flows/${id}`)
  await openStop(page, 'Adults only')
  await expect(undo(page)).toBeDisabled()
  await page.getByLabel('Reason').pressSequentially('Must be 18')
  await expectSaved(page)
  await page.getByRole('button', { name: 'More about this step' }).click()
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await expect(page.getByRole('heading', { name: 'Adults only (copy)', level: 2 })).toBeVisible()
  await page.getByRole('button', { name: 'Remove step' }).click()
  await expect.poll(() => stepNames(page)).toEqual(['Adults only', 'Coastal Mutual', 'Second buyer'])
  await page.keyboard.press('ControlOrMeta+z')
  await page.keyboard.press('ControlOrMeta+z')
  await expect.poll(() => stepNames(page)).toHaveLength(3)
  await openStop(page, 'Adults only')
  await page.getByLabel('Reason').focus()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(page.getByLabel('Reason')).toHaveValue('')
  await expect(page.getByLabel('Reason')).toBeFocused()
  await page.keyboard.press('ControlOrMeta+Shift+z')
  await expect(page.getByLabel('Reason')).toHaveValue('Must be 18')
  await redo(page).click()
  await expect.poll(() => stepNames(page)).toHaveLength(4)
  await expectSaved(page)
  await expect.poll(() => idsOf(seller, id)).toHaveLength(4)
})

test('every problem leads to its field', async ({ page }) => {
  const seller = await aSeller()
  const { id } = await aFlowOfThree(seller)
  const draft = await draftOf(seller, id)
  const broken = JSON.parse(JSON.stringify(draft).replace('{{lead.email}}', '{{lead.no_such}}')) as object
  await call(seller.key, 'PUT', `/flows/${id}/draft`, broken)
  await signIn(page, seller, `/seller/flows/${id}`)
  await page.getByRole('button', { name: /^1 problem/ }).click()
  await page.getByRole('button', { name: /^Show: .*no_such/ }).click()
  await expect(page.getByRole('tab', { name: /^Mapping/ })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByLabel('Value of email')).toBeFocused()
  await page.getByLabel('Value of email').fill('{{lead.email}}')
  await expect(page.getByRole('button', { name: /^1 problem/ })).toBeHidden()
})

test('two people in one draft keep both their changes, and choose where they changed the same', async ({
  page,
  anotherBrowser,
}) => {
  test.slow()
  const seller = await aSeller()
  const { id } = await aFlowOfThree(seller)
  await signIn(page, seller, `/seller/flows/${id}?at=step:adults`)
  const other = await anotherBrowser()
  await signIn(other, seller, `/seller/flows/${id}?at=step:second`)
  await openTab(other, 'Rules')
  await other.getByLabel('Price the buyer pays').fill('33')
  await expectSaved(other)
  await page.getByLabel('Reason').fill('Mine')
  await expectSaved(page)
  await expect.poll(async () => JSON.stringify(await draftOf(seller, id))).toMatch(/"reason":"Mine".*"price":33/)

  await other.reload()
  await openStop(other, 'Adults only')
  await other.getByLabel('Reason').fill('Theirs')
  await expectSaved(other)
  await expect.poll(async () => JSON.stringify(await draftOf(seller, id))).toContain('Theirs')
  await page.getByLabel('Reason').fill('Mine again')
  const dialog = page.getByRole('dialog', { name: /changed the same/ })
  await expect(dialog.getByRole('region', { name: 'Adults only' })).toContainText('Theirs')
  expect(JSON.stringify(await draftOf(seller, id))).toContain('Theirs')
  // Looked away from, it can be taken up again: nothing is saved before.
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: 'Choose', exact: true }).click()
  await dialog.getByRole('radio', { name: /^What / }).click()
  await dialog.getByRole('button', { name: 'Keep what is chosen' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByLabel('Reason')).toHaveValue('Theirs')
  await page.getByLabel('Reason').fill('Agreed')
  await expectSaved(page)
  await expect.poll(async () => JSON.stringify(await draftOf(seller, id))).toContain('Agreed')
})

test('a step is tried in place: a dry run shows the request, a test lead the answer', async ({
  page,
  aLoopbackBuyer,
}) => {
  const seller = await aSeller()
  const system = await aLoopbackBuyer()
  const { id } = await aFlowOfThree(seller, system.url)
  await signIn(page, seller, `/seller/flows/${id}?at=step:coastal&tab=test`)
  const result = page.getByRole('region', { name: 'Result' })
  await page.getByRole('button', { name: 'Dry run' }).click()
  await expect(result).toContainText(`POST ${system.url}`)
  expect(system.received).toEqual([])
  await page.getByRole('button', { name: 'Send test lead' }).click()
  await expect(result).toContainText('HTTP 201')
  await expect(result).toContainText('accepted')
  expect(system.received).toHaveLength(1)
  expect(system.received[0]?.headers['x-test-mode']).toBe('true')
})

test('who changed what is told for the flow and for a step', async ({ page }) => {
  const seller = await aSeller()
  const { id } = await aFlowOfThree(seller)
  await signIn(page, seller, `/seller/flows/${id}?at=step:coastal&tab=rules`)
  await page.getByLabel('Price the buyer pays').fill('44')
  await expectSaved(page)
  await page.getByRole('button', { name: 'More about this step' }).click()
  await page.getByRole('menuitem', { name: 'Who changed it' }).click()
  const first = page.getByRole('region', { name: 'Who changed what' }).getByRole('listitem').first()
  await expect(first).toContainText('Pat Doyle')
  await expect(first).toContainText('Price the buyer pays')
  await expect(first).toContainText('44')
})

test('a flow is duplicated, exported and imported again', async ({ page }) => {
  const seller = await aSeller()
  const { id } = await aFlowOfThree(seller)
  await signIn(page, seller, `/seller/flows/${id}`)
  const menu = page.getByRole('button', { name: 'More about this flow' })
  await menu.click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Export as JSON' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('insurance-leads.json')
  const exported = JSON.parse(await readFile(await file.path(), 'utf8')) as { format: string; document: object }
  expect(exported.format).toBe('baton.flow/1')

  await menu.click()
  await page.getByRole('menuitem', { name: 'Duplicate flow' }).click()
  await expect(page.getByLabel('Name of the flow')).toHaveValue('Insurance Leads (copy)')
  await expect.poll(() => stepNames(page)).toHaveLength(3)

  await page.goto('/seller/flows')
  await page.getByRole('button', { name: 'Import' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import a flow' })
  await dialog.getByLabel('File with a configuration').setInputFiles(await file.path())
  await dialog.getByRole('button', { name: 'Look it over' }).click()
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await page.waitForURL(/\/seller\/flows\/[\w-]{36}/)
  await expect.poll(() => stepNames(page)).toHaveLength(3)
})

test('any two versions can be compared, step by step', async ({ page }) => {
  const seller = await aSeller()
  const { id } = await aFlowOfThree(seller)
  const draft = (await draftOf(seller, id)) as object
  await call(seller.key, 'PUT', `/flows/${id}/draft`, { ...draft, price: { cost: 12 } })
  await call(seller.key, 'POST', `/flows/${id}/publish`)
  await signIn(page, seller, `/seller/flows/${id}/versions`)
  const comparison = page.getByRole('region', { name: 'Comparison' })
  await expect(comparison).toContainText('They are the same.')
  await comparison.getByLabel('Compare').selectOption({ label: 'Version 1' })
  await expect(comparison).toContainText('Each lead costs')
  await expect(comparison).toContainText('12')
})

test('the editor fits every screen and can be used by everybody', async ({ page }) => {
  test.slow()
  const seller = await aSeller()
  const { id } = await aFlowOfThree(seller)
  await signIn(page, seller, `/seller/flows/${id}`)
  for (const at of ['', '?at=step:adults', '?at=step:coastal&tab=test', '?at=history']) {
    await page.goto(`/seller/flows/${id}${at}`)
    await expect(page.getByRole('button', { name: /^Publish/ })).toBeVisible()
    await expectFitsEverywhere(page)
  }
})
