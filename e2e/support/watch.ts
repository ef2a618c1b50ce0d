import type { BrowserContext, Page } from '@playwright/test'

/** What went wrong in the pages of a test, and what of it was meant to. */
export type Faults = {
  found: string[]
  /** Such a fault belongs to this test: the browser reports every refused request, also one that is refused rightly. */
  expect: (words: RegExp) => void
  unexpected: () => string[]
}

export function newFaults(): Faults {
  const found: string[] = []
  const expected: RegExp[] = []
  return {
    found,
    expect: (words) => void expected.push(words),
    unexpected: () => found.filter((fault) => !expected.some((words) => words.test(fault))),
  }
}

/** Runs in the page: what the content security policy stopped is said where it is listened to. */
function reportViolations() {
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    // biome-ignore lint/suspicious/noConsole: the page's console is where the test listens
    console.error(`Content security policy: ${violatedDirective} stopped ${blockedURI}`)
  })
}

/** Runs in the page: true when React has taken over everything that can be pressed or filled. */
const isAlive = () =>
  document.readyState === 'complete' &&
  [...document.querySelectorAll('button, form, select, textarea, input:not([type=hidden])')].every((element) =>
    Object.keys(element).some((key) => key.startsWith('__reactProps')),
  )

/** Waits until a page that was loaded can be used: what is pressed or chosen before its scripts run is lost. */
export const untilAlive = (page: Page) => page.waitForFunction(isAlive, undefined, { timeout: 20_000 })

/** Makes loading a page end when it can be used. */
function waitForScripts(page: Page): void {
  const goto = page.goto.bind(page)
  const reload = page.reload.bind(page)
  page.goto = async (url, options) => {
    const answer = await goto(url, options)
    await untilAlive(page)
    return answer
  }
  page.reload = async (options) => {
    const answer = await reload(options)
    await untilAlive(page)
    return answer
  }
}

/** Collects errors of the console, of scripts and of the content security policy, from every page of a browser. */
export async function watch(context: BrowserContext, faults: Faults): Promise<void> {
  context.on('console', (message) => {
    if (message.type() !== 'error') return
    faults.found.push(`console: ${message.text()} (${message.location().url}, on ${message.page()?.url()})`)
  })
  context.on('page', waitForScripts)
  context.on('weberror', (thrown) => {
    faults.found.push(`script: ${thrown.error().message} (on ${thrown.page()?.url()})`)
  })
  await context.addInitScript(reportViolations)
}
