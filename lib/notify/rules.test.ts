import { expect, test } from 'vitest'
import { mayReadOutbox } from './index'

const atTheMachine = { ip: '127.0.0.1', host: 'localhost:3000', baseUrl: 'http://localhost:3000', isOperator: false }

test.each([
  [true, 'at the machine itself', {}],
  [true, 'over IPv6', { ip: '::1', host: '[::1]:3000' }],
  [true, 'from a mapped address', { ip: '::ffff:127.0.0.1' }],
  [
    true,
    'an operator, from anywhere',
    { ip: '203.0.113.1', host: 'baton.example', baseUrl: 'https://baton.example', isOperator: true },
  ],
  [false, 'from another machine', { ip: '203.0.113.1' }],
  [false, 'without an address', { ip: '' }],
  [false, 'through a reverse proxy on the machine', { host: 'baton.example', baseUrl: 'https://baton.example' }],
  [false, 'through a reverse proxy that hides the name', { baseUrl: 'https://baton.example' }],
  [false, 'through a foreign name that points at loopback', { host: 'rebound.example:3000' }],
  [false, 'through a name that only looks local', { host: 'localhost.example' }],
])('outbox readable: %s, %s', (readable, _where, change) => {
  expect(mayReadOutbox({ ...atTheMachine, ...change })).toBe(readable)
})
