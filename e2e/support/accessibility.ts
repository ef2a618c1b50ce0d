import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'

/** Rows of tabs can be reached by the keyboard when the page's script has begun; a busy machine takes its time over that. */
const isAlive = () => [...document.querySelectorAll<HTMLElement>('[role=tablist]')].every((list) => list.tabIndex === 0)

/**
 * Runs in the page: marks the first visible text of each kind, which is everything that contrast follows from: its
 * colour, size and weight, and what it stands on. The API reference has thirty thousand elements and a few dozen kinds.
 */
function markKindsOfText() {
  const grounds = new Map<Element, string>()
  const groundOf = (element: Element | null): string => {
    if (!element) return ''
    const known = grounds.get(element)
    if (known !== undefined) return known
    const { backgroundColor, backgroundImage, opacity, position } = getComputedStyle(element)
    const below = groundOf(element.parentElement)
    const own = `${backgroundColor} ${backgroundImage} ${opacity} ${position}`
    const ground = own === 'rgba(0, 0, 0, 0) none 1 static' ? below : `${below} | ${own}`
    grounds.set(element, ground)
    return ground
  }
  const seen = new Set<string>()
  for (const element of document.body.querySelectorAll('*')) {
    element.removeAttribute('data-kind-of-text')
    const isText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
    if (!(isText || element.matches('input, select, textarea'))) continue
    const { width, height } = element.getBoundingClientRect()
    if (width <= 1 || height <= 1 || !element.checkVisibility({ visibilityProperty: true })) continue
    const { color, fontSize, fontWeight, textDecorationLine } = getComputedStyle(element)
    const isOff = element.closest(':disabled, [aria-disabled=true], [inert], [aria-hidden=true]') !== null
    const kind = [element.localName, color, fontSize, fontWeight, textDecorationLine, isOff, groundOf(element)].join()
    if (seen.has(kind)) continue
    seen.add(kind)
    element.setAttribute('data-kind-of-text', '')
  }
}

/** Runs in the page: contrast, by far the slowest rule, is asked of each kind of text once; all others of every element. */
async function findGrave(rules: string[]): Promise<string[]> {
  const { axe: here } = window as unknown as { axe: typeof axe }
  here.configure({ rules: [{ id: 'color-contrast', selector: '[data-kind-of-text]' }] })
  const only = rules.length > 0 && { runOnly: rules }
  const { violations } = await here.run(document, { ...only, resultTypes: ['violations'], iframes: false })
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)
}

async function expectNothingGrave(page: Page, rules: string[]): Promise<void> {
  await page.evaluate(axe.source)
  await page.evaluate(markKindsOfText)
  expect(await page.evaluate(findGrave, rules), `accessibility of ${page.url()}`).toEqual([])
}

/** Every text stands out from its ground in the colours that the page has now. */
export const expectReadable = (page: Page): Promise<void> => expectNothingGrave(page, ['color-contrast'])

/** No serious or critical finding of axe on what the page shows now. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.waitForFunction(isAlive)
  await expectNothingGrave(page, [])
}

const pixelsTooFar = () => document.documentElement.scrollWidth - document.documentElement.clientWidth

/** Nothing stands beyond the right edge of the screen; what measures itself may take a moment to fit. */
export const expectNoOverflow = (page: Page): Promise<void> =>
  expect
    .poll(() => page.evaluate(pixelsTooFar), { message: `pixels beyond the right edge of ${page.url()}` })
    .toBeLessThanOrEqual(0)
