import { expect, test } from 'vitest'
import { clientAddress } from './client-address'

test('a stranger on the internet cannot choose the address that is counted for it', () => {
  expect(clientAddress('203.0.113.50', { 'x-forwarded-for': '198.51.100.1' })).toBe('203.0.113.50')
  expect(clientAddress('8.8.8.8', { 'x-forwarded-for': '9.9.9.9' })).toBe('8.8.8.8')
})

test('behind a load balancer of ours the last address it saw counts', () => {
  expect(clientAddress('10.0.0.2', { 'x-forwarded-for': '1.1.1.1, 8.8.4.4, 10.0.0.3' })).toBe('8.8.4.4')
  expect(clientAddress('::ffff:127.0.0.1', { 'x-forwarded-for': '192.168.1.20' })).toBe('192.168.1.20')
})

test('without such a header it is the other end of the connection', () => {
  expect(clientAddress('192.168.1.20', {})).toBe('192.168.1.20')
})
