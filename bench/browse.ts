import { chromium } from '@playwright/test'

/**
 * Keeps real browsers busy: each signs in and goes from page to page without a pause until it is stopped.
 * @returns a function that stops them and tells how many pages were shown.
 */
export async function browse(base: string, who: { email: string; password: string }, browsers: number) {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  })
  let pages = 0
  let stopped = false
  const paths = ['/seller', '/seller/flows', '/seller/leads', '/seller/events', '/seller/connections']
  const visit = async () => {
    const page = await (await browser.newContext()).newPage()
    await page.goto(`${base}/sign-in`)
    await page.getByLabel('Email').fill(who.email)
    await page.getByLabel('Password', { exact: true }).fill(who.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(/\/seller/)
    for (let index = 0; !stopped; index++) {
      await page.goto(`${base}${paths[index % paths.length]}`)
      pages++
    }
  }
  const visits = Array.from({ length: browsers }, () =>
    visit().catch((error: unknown) => (stopped ? undefined : Promise.reject(error))),
  )
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  return {
    stop: async () => {
      stopped = true
      const shown = pages
      await Promise.allSettled(visits)
      await browser.close()
      return { pages_shown: shown }
    },
  }
}
