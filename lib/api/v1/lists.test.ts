import { expect, test } from 'vitest'
import { testDatabase } from '../../../db/testing/index'
import { aCompany, type Json } from './testing'

testDatabase()

test('a list is made, filled, asked by a rule, and taken away by the API alone', async () => {
  const { call } = await aCompany()
  const made = await call('POST', '/lists', { name: 'Service area', type: 'postal_code' })
  expect(made).toMatchObject({ status: 201, body: { name: 'Service area', size: 0, hash: 'none' } })
  const path = `/lists/${made.body['id']}`
  expect((await call('POST', '/lists', { name: 'SERVICE AREA' })).status).toBe(409)
  expect((await call('POST', `${path}/values`, { values: [78704, '78705-1234', 'Austin'] })).body).toMatchObject({
    added: 2,
    refused_count: 1,
    refused: [{ line: 3, value: 'Austin', reason: 'It is no postal code.' }],
  })
  expect((await call('POST', `${path}/values`, {})).status).toBe(422)
  expect((await call('GET', `${path}/values?q=7870&limit=1`)).body).toEqual({
    data: ['78704'],
    next_cursor: '78704',
  })
  expect((await call('PATCH', path, { name: 'Area' })).body['name']).toBe('Area')
  const flow = await call('POST', '/flows', { name: 'Solar' })
  const tried = await call('POST', `/flows/${flow.body['id']}/rules/test`, {
    rule: "inList(lead.postal_code, 'Area')",
    values: { postal_code: '78704' },
  })
  expect(tried).toMatchObject({ status: 200, body: { passed: true, problems: [] } })
  expect((await call('POST', `${path}/values/remove`, { values: ['78704'] })).body).toEqual({ removed: 1, size: 1 })
  expect((await call('GET', path)).body['uses']).toEqual([])
  expect((await call('DELETE', path)).status).toBe(204)
  expect((await call('GET', '/lists')).body['data'] as Json[]).toEqual([])
})

test('the values of a list may be many', async () => {
  const { call } = await aCompany()
  const { body } = await call('POST', '/lists', { name: 'Many', type: 'email' })
  const text = Array.from({ length: 100_000 }, (_, at) => `somebody.with.a.name.${at}@mail.example.com`).join('\n')
  expect((await call('POST', `/lists/${body['id']}/values`, { text })).body['size']).toBe(100_000)
})
