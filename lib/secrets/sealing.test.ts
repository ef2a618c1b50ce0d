import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { parseKeyRing, unwrapDataKey, wrapDataKey } from './key-ring'
import { openValue, placeOf, sealValue } from './sealing'

const key = randomBytes(32)
const place = placeOf('account-1', { table: 'secrets', column: 'sealed', row: 'row-1' })
const newKey = () => randomBytes(32).toString('base64url')

test('a sealed text opens where it was sealed', () => {
  for (const text of ['', 'tok_live_123', 'Zoë 🔑', 'x'.repeat(10_000)])
    expect(openValue(key, place, sealValue(key, place, text))).toBe(text)
  expect(sealValue(key, place, 'a')).toMatch(/^v1\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/)
  expect(sealValue(key, place, 'a')).not.toBe(sealValue(key, place, 'a'))
})

test.each([
  ['another account', placeOf('account-2', { table: 'secrets', column: 'sealed', row: 'row-1' })],
  ['another row', placeOf('account-1', { table: 'secrets', column: 'sealed', row: 'row-2' })],
  ['another column', placeOf('account-1', { table: 'secrets', column: 'name', row: 'row-1' })],
  ['another table', placeOf('account-1', { table: 'leads', column: 'sealed', row: 'row-1' })],
])('a sealed text that is moved to %s does not open', (_, elsewhere) => {
  expect(() => openValue(key, elsewhere, sealValue(key, place, 'secret'))).toThrow()
})

test('a changed, shortened or foreign text does not open', () => {
  const sealed = sealValue(key, place, 'secret')
  const [version, nonce = '', text = '', tag = ''] = sealed.split('.')
  const shortTag = Buffer.from(tag, 'base64url').subarray(0, 4).toString('base64url')
  const flipped = Buffer.from(text, 'base64url').map((byte, index) => (index === 0 ? byte ^ 1 : byte))
  for (const wrong of [
    `${version}.${nonce}.${text}.${shortTag}`,
    `${version}.${nonce}.${Buffer.from(flipped).toString('base64url')}.${tag}`,
    `v2.${nonce}.${text}.${tag}`,
    `${version}.${nonce}.${text}`,
    `${sealed}.x`,
    'secret',
    '',
  ])
    expect(() => openValue(key, place, wrong)).toThrow()
  expect(() => openValue(randomBytes(32), place, sealed)).toThrow()
})

test('the first key of the ring wraps, and every one of it unwraps', () => {
  const [one, two] = [newKey(), newKey()]
  const before = parseKeyRing(`k1:${one}`)
  const during = parseKeyRing(`k2:${two},k1:${one}`)
  const after = parseKeyRing(`k2:${two}`)
  const wrapped = wrapDataKey('account-1', key, before)
  expect(wrapped).toMatchObject({ keyId: 'k1', wrapped: expect.stringMatching(/^v1\.k1\./) })
  expect(unwrapDataKey('account-1', wrapped, during)).toEqual(key)
  expect(() => unwrapDataKey('account-1', wrapped, after)).toThrow('lacks the key k1')
  expect(() => unwrapDataKey('account-2', wrapped, before)).toThrow()
  expect(wrapDataKey('account-1', key, during).keyId).toBe('k2')
})

test.each([
  '',
  'k1',
  'k1:short',
  `k1:${'a'.repeat(80)}`,
  `k 1:${newKey()}`,
  `k1:${newKey()},k1:${newKey()}`,
  `k1:${newKey()},`,
])('the ring "%s" is refused', (text) => {
  expect(() => parseKeyRing(text)).toThrow('BATON_KEYS')
})
