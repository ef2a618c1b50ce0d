import { afterEach, expect, test, vi } from 'vitest'
import { checkUrl, reachableAddresses } from './egress'
import { egressState } from './state'

vi.hoisted(() => {
  process.env['BATON_URL'] = 'http://Baton.internal:3000'
})

afterEach(() => {
  egressState().lookups.clear()
})
const answers = (name: string, ...addresses: string[]) => egressState().lookups.set(name, Promise.resolve(addresses))

test.each([
  'ftp://buyer.example/leads',
  'file:///etc/passwd',
  'https://user:pass@buyer.example/',
  'https://user@buyer.example/',
  '//buyer.example',
  'buyer.example',
  '',
  'http://10.0.0.1/',
  'http://192.168.0.1:8080/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://0/',
  'http://3232235777/',
  'http://0xc0a80101/',
  'http://0300.0250.01.01/',
  'http://169.254.169.254/latest/meta-data',
  'http://169.254.169.254./',
  'http://１０.０.０.１/',
  'http://[fd00:ec2::254]/',
])('%s is not taken as a destination', (url) => {
  expect(checkUrl(url)).toMatchObject({ ok: false, error: { kind: 'invalid' } })
})

test.each([
  ['https://buyer.example/leads?x=1', 'https://buyer.example/leads?x=1'],
  ['https://buyer.example./leads', 'https://buyer.example/leads'],
  ['http://8.8.8.8:8080/', 'http://8.8.8.8:8080/'],
  ['https://[2606:4700::1111]/', 'https://[2606:4700::1111]/'],
])('%s is taken', (given, taken) => {
  const result = checkUrl(given)
  expect(result.ok && result.value.href).toBe(taken)
})

test('our own address is open to our sandbox, on its port only', () => {
  answers('baton.internal', '10.0.0.7')
  return Promise.all([
    expect(reachableAddresses('baton.internal', 3000)).resolves.toEqual(['10.0.0.7']),
    expect(reachableAddresses('baton.internal', 3001)).rejects.toMatchObject({ code: 'address-refused' }),
  ])
})

test('a name with one private address among public ones is refused as a whole', async () => {
  answers('mixed.example', '93.184.216.34', '10.0.0.1')
  answers('public.example', '93.184.216.34', '2606:4700::1111')
  await expect(reachableAddresses('mixed.example', 443)).rejects.toMatchObject({ code: 'address-refused' })
  await expect(reachableAddresses('public.example', 443)).resolves.toEqual(['93.184.216.34', '2606:4700::1111'])
})

test('localhost works where the operator opened one of its two addresses', async () => {
  expect(checkUrl('http://localhost:9101/').ok).toBe(true)
  await expect(reachableAddresses('localhost', 9101)).resolves.toEqual(['127.0.0.1'])
})
