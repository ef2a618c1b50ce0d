import { expect, test } from 'vitest'
import type { BuiltRule } from '../../lib/engine/schema'
import { expressionOf, rowsOfText } from './rule-text'
import { ruleOfRows } from './rule-words'

test('a plain expression opens as rows', () => {
  expect(rowsOfText("lead.state in ['CA','TX'] && lead.email.valid")).toEqual({
    join: 'all',
    rows: [
      { field: 'state', op: 'in', value: 'CA, TX' },
      { field: 'email', op: 'valid', value: '' },
    ],
  })
  expect(rowsOfText("lead.credit_score > 650 || lead.comments.contains('a && b')")).toEqual({
    join: 'any',
    rows: [
      { field: 'credit_score', op: 'greater_than', value: '650' },
      { field: 'comments', op: 'includes', value: 'a && b' },
    ],
  })
})

test('an expression that says more than rows can stays an expression', () => {
  expect(rowsOfText('lead.a == 1 && (lead.b == 2 || lead.c == 3)')).toBeUndefined()
  expect(rowsOfText('size(lead.name) > 3')).toBeUndefined()
  expect(rowsOfText('lead.a + 1 > 3')).toBeUndefined()
})

test('rows become an expression and come back the same', () => {
  const rule: BuiltRule = {
    all: [
      { field: 'state', op: 'not_in', value: ['NY', 'NJ'] },
      { field: 'age', op: 'at_least', value: 18 },
      { field: 'comments', op: 'not_includes', value: 'spam' },
      { field: 'email', op: 'valid' },
      { field: 'phone_1', op: 'not_blank' },
      { field: 'opt_in', op: 'true' },
    ],
  }
  const text = expressionOf(rule)
  expect(text).toBe(
    "!(lead.state in ['NY', 'NJ']) && lead.age >= 18 && !lead.comments.contains('spam') && lead.email.valid && has(lead.phone_1) && lead.opt_in",
  )
  const rows = rowsOfText(text)
  expect(rows && ruleOfRows(rows)).toEqual(rule)
})

test('half-written rows are not part of the rule', () => {
  expect(ruleOfRows({ join: 'all', rows: [{ field: '', op: 'equals', value: 'x' }] })).toBeUndefined()
  expect(
    ruleOfRows({
      join: 'any',
      rows: [
        { field: 'state', op: 'equals', value: '' },
        { field: 'state', op: 'blank', value: '' },
      ],
    }),
  ).toEqual({ any: [{ field: 'state', op: 'blank' }] })
})
