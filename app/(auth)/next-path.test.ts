import { expect, test } from 'vitest'
import { nextPath } from './next-path'

test('after signing in one lands on the page one wanted', () => {
  expect(nextPath('/seller/flows?q=a#b')).toBe('/seller/flows?q=a#b')
})

test.each([
  '//evil.test',
  '/\\evil.test',
  'https://evil.test',
  '/\t/evil.test',
  '/a/..//evil.test',
  '/.//evil.test',
  'http://[',
  '//[',
  'javascript:alert(1)',
  '',
  undefined,
])('nobody is sent elsewhere by %j', (wanted) => {
  expect(nextPath(wanted)).not.toContain('evil')
  expect(nextPath(wanted)).toMatch(/^\/[^/\\]/)
})
