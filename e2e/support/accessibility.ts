import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Rows of tabs can be reached by the keyboard when the page's script has begun; a busy machine takes its time over that. */
const isAlive = () => [...document.querySelectorAll<HTMLElement>('[role=tablist]')].every((list) => list.tabIndex === 0)

/** No serious or critical finding of axe on what the page shows now. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.waitForFunction(isAlive)
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
