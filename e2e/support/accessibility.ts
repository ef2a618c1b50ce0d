import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** No serious or critical finding of axe on what the page shows now. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const told = grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)
  expect(told, `accessibility of ${page.url()}`).toEqual([])
}

/** Nothing stands beyond the right edge of the screen. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const tooFar = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(tooFar, `pixels beyond the right edge of ${page.url()}`).toBeLessThanOrEqual(0)
}
