import { randomBytes } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { call } from './api'
import { untilAlive } from './watch'

export const password = 'a sentence that only tests know'

export type Person = { company: string; name: string; email: string; password: string }

/** People of the demo world, which every test may look at and none changes. */
export const demoSeller = { email: 'pat@meridian.example', password: 'baton-demo-only' }
export const demoBuyer = { email: 'casey@premium.example', password: 'baton-demo-only' }

/** Somebody new, whose company no other test knows. */
export function somebody(company: string, name: string): Person {
  const mark = randomBytes(3).toString('hex')
  const first = name.split(' ')[0]?.toLowerCase() ?? 'someone'
  return { company: `${company} ${mark}`, name, email: `${first}.${mark}@example.com`, password }
}

/** A company with an account and an API key, made without a browser. */
export async function anAccount(person: Person): Promise<Person & { key: string; accountId: string }> {
  const made = await call<{ api_key: string; account: { id: string } }>(undefined, 'POST', '/signup', person)
  return { ...person, key: made.api_key, accountId: made.account.id }
}

/** Signs in as a person does, and waits for the portal at `path`. */
export async function signIn(page: Page, who: { email: string; password: string }, path = '/seller'): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(path)}`)
  await page.getByLabel('Email').fill(who.email)
  await page.getByLabel('Password').fill(who.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL((url) => `${url.pathname}${url.search}` === path)
  await untilAlive(page)
}
