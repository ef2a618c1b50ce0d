import { expect, test } from 'vitest'
import { FlowDocument } from '@/lib/engine/schema'
import { diffDocuments } from '@/lib/flows/schema'
import { groupChanges, rowsOfChange } from './change-words'

const buyer = (more: Record<string, unknown> = {}, connection: Record<string, unknown> = {}) => ({
  id: 'acme',
  type: 'buyer',
  name: 'Acme',
  connection: {
    method: 'manual',
    endpoint: {
      url: 'https://a.example',
      auth: { type: 'bearer', token: { secret: 'sec_1' } },
      headers: { 'X-A': '1' },
    },
    request: { mappings: { email: '{{lead.email}}' } },
    ...connection,
  },
  ...more,
})

const between = (before: unknown, after: unknown) =>
  diffDocuments(FlowDocument.parse({ steps: [before] }), FlowDocument.parse({ steps: [after] }))
const rows = (before: unknown, after: unknown) => between(before, after).flatMap((change) => rowsOfChange(change))

test('a change of a step is told value by value, in the words of the panel', () => {
  const request = {
    mappings: { email: '{{lead.email}}', 'contact.phone': '{{lead.phone_1}}' },
    conditional_mappings: [{ condition: { field: 'state', op: 'equals', value: 'CA' }, mappings: { ca: true } }],
  }
  const after = buyer({ eligible_when: 'lead.state == "CA"', rules: { active: true, price: 45 } }, { request })
  expect(rows(buyer(), after)).toEqual([
    { label: 'Field contact.phone', after: '{{lead.phone_1}}' },
    { label: 'Only for some leads, 1: condition', after: 'state is CA' },
    { label: 'Only for some leads, 1: ca', after: 'yes' },
    { label: 'Price the buyer pays', after: '45' },
    { label: 'Eligible when', after: 'lead.state == "CA"' },
  ])
})

test('a credential that was replaced is told, and never shown', () => {
  const endpoint = { url: 'https://b.example', auth: { type: 'bearer', token: { secret: 'sec_2' } }, headers: {} }
  expect(rows(buyer(), buyer({}, { endpoint }))).toEqual([
    { label: 'Address', before: 'https://a.example', after: 'https://b.example' },
    { label: 'Authentication: token', before: '••••', after: 'another one' },
    { label: 'Header X-A', before: '1' },
  ])
})

test('another kind of authentication is told by its kind', () => {
  const auth = { type: 'basic', username: 'me', password: { secret: 'sec_3' } }
  const told = rows(buyer(), buyer({}, { endpoint: { url: 'https://a.example', auth, headers: { 'X-A': '1' } } }))
  expect(told).toContainEqual({ label: 'Authentication: type', before: 'bearer', after: 'basic' })
  expect(told).toContainEqual({ label: 'Authentication: username', after: 'me' })
  expect(JSON.stringify(told)).not.toContain('sec_')
})

test('changes stand under the step that they belong to', () => {
  const groups = groupChanges(
    diffDocuments(
      FlowDocument.parse({ fields: [], steps: [buyer()] }),
      FlowDocument.parse({
        fields: [{ name: 'email', type: 'email' }],
        price: { cost: 5 },
        steps: [buyer({ name: 'Acme 2' }), { id: 'f', type: 'filter', name: 'Adults', stop_when: 'false' }],
      }),
    ),
  )
  expect(groups.map(({ title }) => title)).toEqual(['Fields', 'Flow', 'Acme 2', 'Adults'])
})
