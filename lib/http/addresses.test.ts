import { expect, test } from 'vitest'
import { isReachable, isSameAddress, parseAllowRules } from './addresses'

const refused = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '100.100.100.200',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.168.1.1',
  '198.18.0.1',
  '203.0.113.9',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '168.63.129.16',
  '::',
  '::1',
  '::7f00:1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:0:7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:0:4136:e378:8000:63bf:3fff:fdd2',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  '5f00::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '2600:1f18::5efe:7f00:1',
  '2600:1f18::200:5efe:a00:1',
  'example.com',
  '',
  '1.2.3',
]
test.each(refused)('%s is never called', (address) => {
  expect(isReachable(address, 443, [])).toBe(false)
})

const open = [
  '8.8.8.8',
  '1.1.1.1',
  '172.15.0.1',
  '172.32.0.1',
  '100.128.0.1',
  '192.0.1.1',
  '2606:4700::1111',
  '2a00:1450:4001::200e',
  '2001:4860:4860::8888',
]
test.each(open)('%s is public', (address) => {
  expect(isReachable(address, 443, [])).toBe(true)
})

test('an operator opens a range on one port, and nothing beside it', () => {
  const { rules, wrong } = parseAllowRules('127.0.0.1/32:9101, 10.1.0.0/16,[::1]/128:9101 ,[fd00::/8]:80')
  expect(wrong).toEqual([])
  expect(isReachable('127.0.0.1', 9101, rules)).toBe(true)
  expect(isReachable('127.0.0.1', 9102, rules)).toBe(false)
  expect(isReachable('127.0.0.2', 9101, rules)).toBe(false)
  expect(isReachable('10.1.255.1', 25, rules)).toBe(true)
  expect(isReachable('10.2.0.1', 25, rules)).toBe(false)
  expect(isReachable('::1', 9101, rules)).toBe(true)
  expect(isReachable('::1', 80, rules)).toBe(false)
  expect(isReachable('fd12::1', 80, rules)).toBe(true)
  expect(isReachable('::ffff:127.0.0.1', 9101, rules)).toBe(false)
})

test('an entry that cannot be read opens nothing', () => {
  const { rules, wrong } = parseAllowRules('localhost:80,127.0.0.1/33,10.0.0.0/8:0,10.0.0.0/8:70000,::1/128:80,*')
  expect(rules).toEqual([])
  expect(wrong).toHaveLength(6)
})

test('the same address is known in every spelling', () => {
  expect(isSameAddress('::1', '0:0:0:0:0:0:0:1')).toBe(true)
  expect(isSameAddress('127.0.0.1', '127.0.0.2')).toBe(false)
  expect(isSameAddress('', '')).toBe(false)
})
