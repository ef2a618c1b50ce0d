import { describe, expect, test } from 'vitest'
import { apiDocument } from '@/lib/api'
import type { FieldRow, Shape } from './_components/types'
import { curlOf } from './curl'
import { type Document, groupsOf, shapesOf } from './reference'

const document = apiDocument() as unknown as Document
const groups = groupsOf(document)
const calls = groups.flatMap((group) => group.calls)
const shapes = shapesOf(document)

const linksOfRows = (rows: FieldRow[]): string[] =>
  rows.flatMap((row) => [...(row.shape ? [row.shape] : []), ...linksOfRows(row.children ?? [])])

const linksOf = ({ name, fields, either }: Shape): string[] => [
  ...(name ? [name] : []),
  ...linksOfRows(fields),
  ...either.flatMap((choice) => [...(choice.shape ? [choice.shape] : []), ...linksOfRows(choice.fields)]),
]

describe('the API reference', () => {
  test('has every call of the document once, under its resource', () => {
    const documented = Object.values(document.paths).flatMap((item) =>
      Object.values(item).map((call) => call.operationId),
    )
    expect(calls.map((call) => call.id).sort()).toEqual(documented.sort())
    for (const group of groups) expect(group.calls.length, group.name).toBeGreaterThan(0)
  })

  test('leads from every shape that it names to where that stands', () => {
    const names = new Set(shapes.map((shape) => shape.name))
    const drawn = calls.flatMap(({ body, answers }) => [body?.shape, ...answers.map((answer) => answer.shape)])
    const links = [...drawn, ...shapes.map(({ shape }) => shape)].flatMap((shape) => (shape ? linksOf(shape) : []))
    expect(links.length).toBeGreaterThan(50)
    for (const link of links) expect(names, link).toContain(link)
  })

  test('gives each answer an example, or says which call has it', () => {
    for (const { id, answers } of calls) {
      for (const { status, example, shape, shownAt } of answers) {
        if (Number(status) < 300 && shape) expect(example ?? shownAt, `${id} ${status}`).toBeDefined()
      }
    }
  })

  test('writes a command that a shell takes as it is', () => {
    const base = 'https://baton.example'
    const path = '/api/v1/flows/{id}/steps/{step_id}/enable'
    expect(curlOf({ base, method: 'post', path, key: 'needed', example: undefined })).toBe(
      'curl -X POST "https://baton.example/api/v1/flows/$FLOW_ID/steps/$STEP_ID/enable" \\\n  -H "Authorization: Bearer $BATON_API_KEY"',
    )
    const asked = { base, method: 'put', path: '/api/v1/x', key: 'none', example: { rule: "state == 'CA'" } } as const
    expect(curlOf(asked)).toContain(String.raw`"rule": "state == '\''CA'\''"`)
    const byToken = {
      base,
      method: 'get',
      path: '/api/v1/invitations/by-token/{token}',
      key: 'none',
      example: undefined,
    } as const
    expect(curlOf(byToken)).toBe('curl "https://baton.example/api/v1/invitations/by-token/$TOKEN"')
  })
})
