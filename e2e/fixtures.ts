import { test as base, expect, type Page } from '@playwright/test'
import type { Sql } from 'postgres'
import { openDatabase } from './support/database'
import { type LoopbackBuyer, startBuyer } from './support/loopback-buyer'
import { type Faults, newFaults, watch } from './support/watch'

export { expect }

type Fixtures = {
  faults: Faults
  /** Opens a browser of its own: another person, who shares nothing with the first. */
  anotherBrowser: () => Promise<Page>
  /** Starts a buyer's HTTP system on this machine; it ends with the test. */
  aLoopbackBuyer: (path?: string) => Promise<LoopbackBuyer>
  database: Sql
}

/** A browser test in which any error that a page reports is a failure. */
export const test = base.extend<Fixtures>({
  faults: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from the pattern
    async ({}, use) => {
      const faults = newFaults()
      await use(faults)
      expect(faults.unexpected(), 'errors in the pages').toEqual([])
    },
    { auto: true },
  ],
  context: async ({ context, faults }, use) => {
    await watch(context, faults)
    await use(context)
  },
  anotherBrowser: async ({ browser, faults }, use) => {
    const opened: Page[] = []
    await use(async () => {
      const context = await browser.newContext()
      await watch(context, faults)
      const page = await context.newPage()
      opened.push(page)
      return page
    })
    await Promise.all(opened.map((page) => page.context().close()))
  },
  // biome-ignore lint/correctness/noEmptyPattern: see above
  aLoopbackBuyer: async ({}, use) => {
    const started: LoopbackBuyer[] = []
    await use(async (path) => {
      const buyer = await startBuyer(path)
      started.push(buyer)
      return buyer
    })
    await Promise.all(started.map((buyer) => buyer.close()))
  },
  // biome-ignore lint/correctness/noEmptyPattern: see above
  database: async ({}, use) => {
    const sql = await openDatabase()
    await use(sql)
    await sql.end({ timeout: 5 })
  },
})
