import { expect, test } from 'vitest'
import { changesOf, pathWords } from './audit-changes'
import { actionWords } from './audit-words'

test('a change is told value by value, and what stayed is left out', () => {
  expect(changesOf({ name: 'Old', timeZone: 'UTC' }, { name: 'New', timeZone: 'UTC' })).toEqual([
    { path: 'name', before: 'Old', after: 'New' },
  ])
})

test('something new tells what it was made with, not its ids nor what was left empty', () => {
  const made = { name: 'Web form', flowId: '0197', settings: { cors_origins: [] }, authentication_required: false }
  expect(changesOf(undefined, made)).toEqual([
    { path: 'name', after: 'Web form' },
    { path: 'authentication_required', after: 'no' },
  ])
})

test('a list of values is told in words, a list of things by its length', () => {
  const after = { fields: ['email', 'phone'], steps: [{ id: 'a' }, { id: 'b' }] }
  expect(changesOf({ fields: ['email'] }, after)).toEqual([
    { path: 'fields', before: 'email', after: 'email, phone' },
    { path: 'steps', after: '2 entries' },
  ])
})

test('actions and names of settings read as words', () => {
  expect(actionWords('flow.publish')).toBe('published a flow')
  expect(actionWords('webhook.rotate-key')).toBe('rotate key webhook')
  expect(pathWords('settings.rateLimit_per_minute')).toBe('settings.rate limit per minute')
})
