import { afterAll, expect, test } from 'vitest'
import { stopRuntime } from '../../runtime'

afterAll(stopRuntime)

test('without its database the API says so, and when to try again; the cause stays in the log', async () => {
  // Read once, by the first import: nothing listens on port 1.
  Object.assign(process.env, { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing', BATON_LOG: 'silent' })
  const { apiApp } = await import('../index')
  const answer = await apiApp.request('/api/v1/me', { headers: { authorization: `Bearer bat_${'x'.repeat(43)}` } })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'application/problem+json'])
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await answer.text()).not.toContain('127.0.0.1')
})
