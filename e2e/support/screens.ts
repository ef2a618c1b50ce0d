import { expect, type Page, test } from '@playwright/test'
import { expectAccessible, expectNoOverflow, expectReadable } from './accessibility'

export const desk = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }

/** Changes what the person prefers, and waits until the page has followed. */
async function setScheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${colorScheme}\\b`))
}

/** What is open fits a desk and a phone, without being loaded again. Ends at a desk, as it began. */
export async function expectFits(page: Page): Promise<void> {
  for (const size of [phone, desk]) {
    await page.setViewportSize(size)
    await expectNoOverflow(page)
  }
}

/** What is open fits, and axe finds nothing grave in it, at a desk and on a phone, in light and in dark. */
export async function expectFitsEverywhere(page: Page): Promise<void> {
  await expectNoOverflow(page)
  await expectAccessible(page)
  await setScheme(page, 'dark')
  await expectReadable(page)
  await page.setViewportSize(phone)
  await expectNoOverflow(page)
  await expectAccessible(page)
  await setScheme(page, 'light')
  await expectReadable(page)
  await page.setViewportSize(desk)
}

/** Pictures of what is open on every screen, for people to look at: with BATON_E2E_PICTURES only, because they take long. */
export async function takePictures(page: Page, name: string): Promise<void> {
  if (!process.env['BATON_E2E_PICTURES']) return
  for (const scheme of ['dark', 'light'] as const)
    for (const size of [phone, desk]) {
      await setScheme(page, scheme)
      await page.setViewportSize(size)
      const path = test.info().outputPath(`${name}-${size.width}-${scheme}.png`)
      await page.screenshot({ path, fullPage: true })
    }
}
