import { setPriority } from 'node:os'
import { chromium } from '@playwright/test'
import { childrenOf } from './product'

/** People's browsers run on their own machines: here they get what the product leaves over. Their children inherit it. */
function yieldCpu(pid: number): void {
  setPriority(pid, 19)
  for (const child of childrenOf(pid)) yieldCpu(child)
}

/**
 * Keeps real browsers on pages: each signs in and opens another page every two seconds until it is stopped.
 * @returns a function that stops them and tells how many pages were shown.
 */
export async function browse(base: string, who: { email: string; password: string }, browsers: number) {
  const server = await chromium.launchServer({
    executablePath: process.env['BATON_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  })
  yieldCpu(server.process().pid ?? 0)
  const browser = await chromium.connect(server.wsEndpoint())
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
      await page.waitForTimeout(2_000)
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
      await server.close()
      return { pages_shown: shown }
    },
  }
}
