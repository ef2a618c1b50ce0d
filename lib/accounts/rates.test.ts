import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { db, pool } from '../../db/client'
import { rateWindows } from '../../db/schema/accounts'
import { testDatabase } from '../../db/testing/index'
import { checkPassword, rateKey, signIn, signUp, sweepRates, takeRate } from './index'

testDatabase()

// A minute into its quarter of an hour, so that no window ends while a test counts in it.
beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-03-01T12:01:00Z'), toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const password = 'a long enough password'
const person = (email: string) => ({ company: 'Acme', name: 'Ann', email, password })

test('a limit is never exceeded by even one, however many ask at once', async () => {
  const takes = await Promise.all(Array.from({ length: 40 }, () => takeRate('test:forty', 7, 3600)))
  expect(takes.filter((taken) => taken.ok)).toHaveLength(7)
  expect(takes.find((taken) => !taken.ok)).toMatchObject({
    error: { kind: 'rate-limited', retryAfterSeconds: expect.any(Number) },
  })
})

test('after too many wrong passwords even the right one has to wait, for a known email as for an unknown one', async () => {
  await signUp(person('guessed@acme.test'))
  for (const email of ['guessed@acme.test', 'unknown@acme.test']) {
    for (let guess = 0; guess < 20; guess++) await signIn({ email, password: `guess ${guess}` })
    expect(await signIn({ email, password })).toMatchObject({ ok: false, error: { kind: 'rate-limited' } })
  }
  expect(await signUp(person('guessed@acme.test'))).toMatchObject({ ok: false, error: { kind: 'rate-limited' } })
})

test('successful sign-ins are not counted', async () => {
  await signUp(person('busy@acme.test'))
  for (let time = 0; time < 25; time++) {
    expect((await signIn({ email: 'busy@acme.test', password }, { ip: '203.0.113.1', userAgent: '' })).ok).toBe(true)
  }
})

test('one address cannot try a password on ever more people', async () => {
  const visitor = { ip: '203.0.113.9', userAgent: '' }
  const tries = Array.from({ length: 101 }, (_, n) => ({ email: `person-${n}@spray.test`, password: 'Summer2026!' }))
  const kinds: string[] = []
  for (const attempt of tries) {
    const result = await signIn(attempt, visitor)
    if (!result.ok) kinds.push(result.error.kind)
  }
  expect(kinds.at(99)).toBe('unauthenticated')
  expect(kinds.at(100)).toBe('rate-limited')
})

test('asking for the password again is limited with the failed sign-ins', async () => {
  const made = await signUp(person('reveal@acme.test'))
  if (!made.ok) throw new Error(made.error.message)
  const { id } = made.value.user
  expect(await checkPassword(id, password)).toBe(true)
  for (let guess = 0; guess < 20; guess++) expect(await checkPassword(id, `guess ${guess}`)).toBe(false)
  expect(await checkPassword(id, password)).toBe(false)
})

test('no email stands in clear among the counts, and old windows are swept', async () => {
  expect(rateKey('password', ' Ann@Acme.test')).toBe(rateKey('password', 'ann@acme.test'))
  const keys = (await db().select().from(rateWindows)).map(({ key }) => key)
  expect(keys.join()).not.toContain('@')
  await pool().sql`update rate_windows set window_start = now() - interval '2 days'`
  await sweepRates()
  expect(await db().select().from(rateWindows)).toEqual([])
})
