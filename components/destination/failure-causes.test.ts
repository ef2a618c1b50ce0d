import { expect, test } from 'vitest'
import type { Check, DestinationTest } from '@/lib/engine/schema'
import { failureCauses } from './failure-causes'

const request = { method: 'POST', url: 'https://crm.example.com/leads', headers: {}, body: '{}' }
const failing = (name: string, status?: number, message = ''): DestinationTest => {
  const checks: Check[] = [{ name, passed: false, message }]
  return {
    passed: false,
    at: '2026-01-01T00:00:00Z',
    checks,
    request,
    ...(status && { response: { status, headers: {}, body: '' } }),
  }
}
const titles = (test: DestinationTest) => failureCauses(test, '').map(({ title }) => title)

test('a refused credential is called Authentication Failed and leads to the sign-in', () => {
  for (const status of [401, 403]) {
    expect(failureCauses(failing('Success code', status), '')).toMatchObject([
      { title: 'Authentication Failed', part: 'sign-in' },
    ])
  }
})

test('a system that can’t be reached may stand behind a firewall, which is told whom to let in', () => {
  const causes = failureCauses(failing('Reached'), '198.51.100.7')
  expect(causes.map(({ part }) => part)).toEqual(['where', undefined])
  expect(causes[1]?.text).toContain('198.51.100.7')
})

test('each kind of answer has causes of its own', () => {
  expect(titles(failing('Success code', 404))).toEqual(['Nothing listens at this path'])
  expect(titles(failing('Success code', 301))).toEqual(['The address has moved'])
  expect(titles(failing('Success code', 422))).toEqual(['Your system refused the fields'])
  expect(titles(failing('Success code', 503))).toEqual(['Your system has an error of its own'])
  expect(titles(failing('Success code', 206))).toEqual(['This code does not count as success yet'])
  expect(titles(failing('Reached', undefined, 'No secure connection could be made with the server.'))).toEqual([
    'The certificate is not right',
  ])
  expect(titles(failing('Answer understood', 200))).toContain('The answer is read wrongly')
})
