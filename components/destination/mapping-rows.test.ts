import { expect, test } from 'vitest'
import { mappedBy, mappingsFor, repeatedTargets, rowsOf } from './mapping-rows'

const offered = [
  { path: 'event_id', label: 'Event ID' },
  { path: 'lead.email', label: 'Email' },
  { path: 'lead.phone_1', label: 'Phone 1' },
]

test('every shared field has a line, with the name it is sent under or none', () => {
  const rows = rowsOf({ mappings: { mail: '{{ lead.email }}' }, required: [] }, offered)
  expect(rows.map(({ source, target }) => [source?.path, target])).toEqual([
    ['event_id', ''],
    ['lead.email', 'mail'],
    ['lead.phone_1', ''],
  ])
})

test('values of one’s own, and a field sent twice, stay as they are', () => {
  const saved = {
    mappings: { mail: '{{lead.email}}', copy: '{{lead.email}}', campaign: 'A', version: 2 },
    required: [],
  }
  const rows = rowsOf(saved, offered)
  expect(rows.slice(3).map(({ target, template }) => [target, template])).toEqual([
    ['copy', '{{lead.email}}'],
    ['campaign', 'A'],
    ['version', 2],
  ])
  expect(mappedBy(rows)).toEqual(saved)
})

test('a required mark follows the buyer’s own name, however it was given', () => {
  const byField = rowsOf({ mappings: { mail: '{{lead.email}}' }, required: ['email'] }, offered)
  const byName = rowsOf({ mappings: { mail: '{{lead.email}}' }, required: ['mail'] }, offered)
  expect(mappedBy(byField).required).toEqual(['mail'])
  expect(mappedBy(byName).required).toEqual(['mail'])
})

test('a line without a name is not sent, and a name can be used once', () => {
  const rows = [
    { template: '{{lead.email}}', target: ' ', required: true, extras: {} },
    { template: 'a', target: 'x', required: false, extras: {} },
    { template: 'b', target: 'x ', required: false, extras: {} },
  ]
  expect(mappedBy(rows).required).toEqual([])
  expect([...repeatedTargets(rows)]).toEqual(['x'])
})

test('a new destination begins with everything that is shared, under its own name', () => {
  expect(mappingsFor([...offered, { path: 'lead.id', label: 'Lead ID' }])).toEqual({
    event_id: '{{event_id}}',
    email: '{{lead.email}}',
    phone_1: '{{lead.phone_1}}',
    lead_id: '{{lead.id}}',
  })
})
