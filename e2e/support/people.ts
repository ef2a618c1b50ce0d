import { randomBytes } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { call } from './api'

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

type Credentials = { email: string; password: string }

/** Signs in as the form does, without drawing it (that is a story of its own), and opens `path`. */
export async function signIn(page: Page, { email, password }: Credentials, path = '/seller'): Promise<void> {
  const { request } = page.context()
  const { csrfToken } = await (await request.get('/api/auth/csrf')).json()
  const form = { email, password, csrfToken, json: 'true' }
  await expect(await request.post('/api/auth/callback/credentials', { form })).toBeOK()
  await page.goto(path)
  await expect(page).toHaveURL((url) => `${url.pathname}${url.search}` === path)
}
