import { expect, type Locator, type Page } from '@playwright/test'

/** What a seller does in the flow editor, by what is read on the screen. */

const path = (page: Page) => page.getByRole('navigation', { name: 'Path of a lead' })

/** Selects a stop in the path of a lead by its name. */
export const openStop = (page: Page, name: string) =>
  path(page)
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click()

/** Makes a flow by hand, from the list of flows. */
export async function createFlow(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Create flow' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Create flow' })
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: 'Create flow' }).click()
  await page.waitForURL(/\/seller\/flows\/[\w-]{36}/)
}

/** Adds a field of the catalogue by its name, or one of the seller's own. */
export async function addField(page: Page, name: string): Promise<void> {
  await openStop(page, 'Fields')
  await page.getByRole('button', { name: 'Add field' }).click()
  await page.getByPlaceholder('Search fields, or type a name of your own').fill(name)
  await page.getByRole('listbox').getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
}

export async function addFilter(page: Page, name: string, rule: { field: string; value: string }): Promise<void> {
  await page.getByRole('button', { name: 'Add step' }).click()
  await page.getByRole('menuitem', { name: /^Filter/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Add filter' })
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('button', { name: 'Add condition' }).click()
  await page.getByRole('button', { name: 'Field of condition 1' }).click()
  await page.getByPlaceholder('Search').fill(rule.field)
  await page.keyboard.press('Enter')
  await page.getByLabel('Value of condition 1').fill(rule.value)
}

/** Adds a buyer step; with an address it is configured by hand, without one by invitation. */
export async function addBuyer(page: Page, name: string, url?: string): Promise<void> {
  await page.getByRole('button', { name: 'Add step' }).click()
  await page.getByRole('menuitem', { name: /^Buyer/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Add buyer step' })
  await dialog.getByLabel('Name').fill(name)
  if (url) {
    await dialog.getByRole('radio', { name: /^Manual configuration/ }).click()
    await dialog.getByLabel('URL').fill(url)
  }
  await dialog.getByRole('button', { name: 'Add buyer step' }).click()
  await expect(page.getByRole('heading', { name, level: 2 })).toBeVisible()
}

export const openTab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click()

/** Adds a direct source and answers the address that leads are submitted to. */
export async function addSource(page: Page, name: string): Promise<string> {
  await path(page).getByRole('button', { name: 'Add source' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add source' })
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: 'Add source' }).click()
  const made = page.getByRole('dialog', { name: `${name} can submit` })
  const url = (await made.getByText(/^http.*\/submit$/).textContent()) ?? ''
  await made.getByRole('button', { name: 'Done' }).click()
  await expect(made).toBeHidden()
  return url
}

export async function publish(page: Page, version: number): Promise<void> {
  await page.getByRole('button', { name: /^Publish/ }).click()
  const dialog = page.getByRole('dialog', { name: /^Publish / })
  await dialog.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByText(`v${version} is live`)).toBeVisible()
  await expect(dialog).toBeHidden()
}

/** Waits until what was typed is kept on the server. */
export const expectSaved = (page: Page) => expect(page.getByText(/^Draft saved/)).toBeVisible()

/** Fills the rows of a mapping editor anew; what was in them goes. */
export async function fillMappings(editor: Locator, mappings: Record<string, string>): Promise<void> {
  // `count` does not wait: the tab may still be opening.
  await editor.getByRole('button', { name: 'Add mapping', exact: true }).first().waitFor()
  const remove = editor.getByRole('button', { name: /^Remove mapping/ })
  const first = editor.getByRole('group', { name: /^Mapping \d/ })
  for (let count = await remove.count(); count > 0; count--) {
    await remove.first().click()
    await expect(first).toHaveCount(count - 1)
  }
  for (const [index, [field, value]] of Object.entries(mappings).entries()) {
    await editor.getByRole('button', { name: 'Add mapping', exact: true }).first().click()
    await editor.getByLabel(`Buyer’s field ${index + 1}`, { exact: true }).fill(field)
    await editor.getByLabel(`Value of ${field}`, { exact: true }).fill(value)
  }
}

export async function fillHeaders(page: Page, headers: Record<string, string>): Promise<void> {
  for (const [index, [name, value]] of Object.entries(headers).entries()) {
    await page.getByRole('button', { name: 'Add header' }).click()
    await page.getByLabel(`Name of header ${index + 1}`).fill(name)
    await page.getByLabel(`Value of header ${index + 1}`).fill(value)
  }
}

/** The steps from top to bottom, by name. */
export const stepNames = (page: Page) =>
  path(page)
    .getByRole('button', { name: /^Move / })
    .evaluateAll((handles) => handles.map((handle) => handle.getAttribute('aria-label')?.replace('Move ', '')))
