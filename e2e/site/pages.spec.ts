import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures'
import { demoBuyer, demoSeller, signIn } from '../support/people'
import { expectFitsEverywhere } from '../support/screens'

type Who = { email: string; password: string } | undefined
type Place = { name: string; open: (page: Page) => Promise<void> }

const at = (path: string): Place => ({ name: path, open: async (page) => void (await page.goto(path)) })

/** The first row of a list, opened, and parts of it after it: its address is another on each machine. */
function firstOf(list: string, ...parts: string[]): Place[] {
  let opened = ''
  const first = async (page: Page) => {
    await page.goto(list)
    await page.locator('[data-row]').first().click()
    await expect(page).not.toHaveURL(list)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    opened = new URL(page.url()).pathname
  }
  return [
    { name: `${list}/…`, open: first },
    ...parts.map((part) => ({
      name: `${list}/…/${part}`,
      open: async (page: Page) => void (await page.goto(`${opened}/${part}`)),
    })),
  ]
}

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
      ...firstOf('/seller/flows', 'test', 'versions'),
      ...firstOf('/seller/leads'),
    ],
  },
  {
    who: demoBuyer,
    label: 'a buyer',
    places: [
      ...['/buyer', '/buyer/destinations', '/buyer/destinations/new', '/buyer/connections', '/buyer/leads'].map(at),
      ...['/buyer/events', '/buyer/settings'].map(at),
      ...firstOf('/buyer/destinations', 'mapping'),
      ...firstOf('/buyer/connections'),
      ...firstOf('/buyer/leads'),
    ],
  },
]

for (const { who, label, places } of portals)
  test(`the pages of ${label} fit every screen and can be used by everybody`, async ({ page }) => {
    test.setTimeout(240_000)
    if (who) await signIn(page, who, places[0]?.name)
    for (const place of places)
      await test.step(place.name, async () => {
        await place.open(page)
        await expect(page.getByRole('main').first()).toBeVisible()
        await expect(page.getByText('Loading', { exact: true })).toHaveCount(0)
        await expectFitsEverywhere(page)
      })
  })
