import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures'
import { expectAccessible, expectNoOverflow } from '../support/accessibility'
import { demoBuyer, demoSeller, signIn } from '../support/people'

type Who = { email: string; password: string } | undefined
type Place = { name: string; open: (page: Page) => Promise<void> }

const at = (path: string): Place => ({ name: path, open: async (page) => void (await page.goto(path)) })

/** The first row of a list, opened: its address is another on each machine. */
const firstOf = (list: string): Place => ({
  name: `${list}/…`,
  open: async (page) => {
    await page.goto(list)
    await page.locator('[data-row]').first().click()
    await expect(page).not.toHaveURL(list)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  },
})

const within = (place: Place, part: string): Place => ({
  name: `${place.name}/${part}`,
  open: async (page) => {
    await place.open(page)
    const { pathname } = new URL(page.url())
    await page.goto(`${pathname}/${part}`)
  },
})

const portals: { who: Who; label: string; places: Place[] }[] = [
  { who: undefined, label: 'a visitor', places: ['/', '/sign-in', '/sign-up', '/api/docs'].map(at) },
  {
    who: demoSeller,
    label: 'a seller',
    places: [
      ...['/seller', '/seller/flows', '/seller/partners', '/seller/connections'].map(at),
      ...['/seller/leads', '/seller/events'].map(at),
      ...['', '/members', '/lists', '/keys', '/sessions', '/accounts', '/audit'].map((tab) =>
        at(`/seller/settings${tab}`),
      ),
      firstOf('/seller/flows'),
      within(firstOf('/seller/flows'), 'test'),
      within(firstOf('/seller/flows'), 'versions'),
      firstOf('/seller/leads'),
    ],
  },
  {
    who: demoBuyer,
    label: 'a buyer',
    places: [
      ...['/buyer', '/buyer/destinations', '/buyer/destinations/new', '/buyer/connections', '/buyer/leads'].map(at),
      ...['/buyer/events', '/buyer/settings'].map(at),
      firstOf('/buyer/destinations'),
      within(firstOf('/buyer/destinations'), 'mapping'),
      firstOf('/buyer/connections'),
      firstOf('/buyer/leads'),
    ],
  },
]

const screens = [
  { name: 'a desk in light', viewport: { width: 1440, height: 900 }, colorScheme: 'light' as const },
  { name: 'a desk in dark', viewport: { width: 1440, height: 900 }, colorScheme: 'dark' as const },
  { name: 'a phone in light', viewport: { width: 390, height: 844 }, colorScheme: 'light' as const },
  { name: 'a phone in dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' as const },
]

test.describe.configure({ mode: 'parallel' })

for (const { name, viewport, colorScheme } of screens)
  test.describe(`on ${name}`, () => {
    test.use({ viewport, colorScheme, reducedMotion: 'reduce' })
    for (const { who, label, places } of portals)
      test(`the pages of ${label} fit and can be used by everybody`, async ({ page }) => {
        test.setTimeout(150_000)
        if (who) await signIn(page, who, places[0]?.name)
        for (const place of places)
          await test.step(place.name, async () => {
            await place.open(page)
            await expect(page.getByRole('main').first()).toBeVisible()
            await expect(page.getByText('Loading', { exact: true })).toHaveCount(0)
            await expectNoOverflow(page)
            await expectAccessible(page)
          })
      })
  })
