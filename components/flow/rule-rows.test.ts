import { expect, test } from 'vitest'
import { type BuiltRule, expressionOf, ruleFunctions, ruleOfText, ruleTable } from '../../lib/engine/schema'
import { draftOf, ruleOfDraft, valuesOf, valuesText } from './rule-draft'
import { summaryOf } from './rule-words'

const lists = [{ id: '0197f2a4-0000-7000-8000-00000000000a', name: "Ann's area" }]
const vip = lists[0]?.id ?? ''

test('a plain expression opens as rows', () => {
  expect(ruleOfText("lead.state in ['CA','TX'] && lead.email.valid")).toEqual({
    all: [
      { field: 'state', op: 'in', value: ['CA', 'TX'] },
      { field: 'email', op: 'valid' },
    ],
  })
  expect(ruleOfText("lead.credit_score > 650 || lead.comments.contains('a && b')")).toEqual({
    any: [
      { field: 'credit_score', op: 'greater_than', value: 650 },
      { field: 'comments', op: 'includes', value: 'a && b' },
    ],
  })
})

test('groups inside groups open as groups', () => {
  expect(ruleOfText('lead.a == 1 && (lead.b == 2 || !(lead.c == 3 || lead.d))')).toEqual({
    all: [
      { field: 'a', op: 'equals', value: 1 },
      {
        any: [
          { field: 'b', op: 'equals', value: 2 },
          {
            all: [
              { field: 'c', op: 'not_equals', value: 3 },
              { field: 'd', op: 'not_true' },
            ],
          },
        ],
      },
    ],
  })
})

test('an expression that says more than rows can stays an expression', () => {
  for (const text of [
    'size(lead.name) > 3',
    'lead.a + 1 > 3',
    '!(lead.age < 18)',
    'lead.a == lead.b',
    'lead.a ==',
    "lead.a == 'x' ? true : false",
    "lead.a == r'x'",
    'lead.state in lead.states',
    '('.repeat(100),
  ]) {
    expect(ruleOfText(text), text).toBeUndefined()
  }
})

test('every operator has an expression that opens as that operator', () => {
  for (const [op, { example }] of Object.entries(ruleTable)) {
    const rule = ruleOfText(example)
    expect(rule && 'op' in rule && rule.op, example).toBe(op)
    expect(rule && expressionOf(rule)).toBe(example)
  }
})

test('every function that asks something is the expression of an operator', () => {
  for (const [name, { op }] of Object.entries(ruleFunctions)) {
    if (op) expect(expressionOf({ field: 'x', op, value: 'y' })).toContain(`${name}(`)
  }
})

test('rows become an expression and come back the same', () => {
  const rule: BuiltRule = {
    all: [
      { field: 'state', op: 'not_in', value: ['NY', 'NJ'] },
      { field: 'age', op: 'at_least', value: 18 },
      { field: 'comments', op: 'not_includes', value: "it's \\ spam\n" },
      {
        any: [
          { field: 'email', op: 'in_list', value: vip },
          { field: 'opt_in', op: 'false' },
        ],
      },
      { field: 'postal_code', op: 'within_miles', value: [25, '78704', 'store_zip'] },
      { field: 'now.time', op: 'not_between', value: ['22:00', '06:00'] },
    ],
  }
  const text = expressionOf(rule, lists)
  expect(text).toBe(
    "!(lead.state in ['NY', 'NJ']) && lead.age >= 18 && !lead.comments.contains('it\\'s \\\\ spam\\n') && (inList(lead.email, 'Ann\\'s area') || lead.opt_in == false) && withinMiles(lead.postal_code, 25, ['78704', lead.store_zip]) && !between(now.time, '22:00', '06:00')",
  )
  expect(ruleOfText(text, lists)).toEqual(rule)
})

test('rows go into boxes and come out the same', () => {
  const rule: BuiltRule = {
    any: [
      { field: 'last_name', op: 'in', value: ['Smith, Jr', 'O"Neil', 'Lee'] },
      { field: 'city', op: 'matches_any', value: ['^san ', 'a,b'] },
      { field: 'credit_score', op: 'between', value: [600, 700] },
      { all: [{ field: 'postal_code', op: 'not_within_miles', value: [2.5, '01001'] }] },
      { field: 'move_date', op: 'in_next_days', value: 30 },
      { field: 'phone_1', op: 'not_blank' },
    ],
  }
  expect(ruleOfDraft(draftOf(rule))).toEqual(rule)
  expect(valuesOf('CA, TX\nNV,, "a,b" ')).toEqual(['CA', 'TX', 'NV', 'a,b'])
  expect(valuesOf(valuesText(['a', ' b', 'c"d,e']))).toEqual(['a', ' b', 'c"d,e'])
})

test('half-written rows are not part of the rule', () => {
  const empty = draftOf(undefined)
  expect(ruleOfDraft(empty)).toBeUndefined()
  const half = draftOf({
    any: [
      { field: 'state', op: 'equals', value: '' },
      { field: 'state', op: 'blank' },
    ],
  })
  expect(ruleOfDraft(half)).toEqual({ any: [{ field: 'state', op: 'blank' }] })
})

test('a rule can be read in one line', () => {
  const rule: BuiltRule = {
    all: [
      { field: 'move_date', op: 'less_than', value: '2026-03-01' },
      {
        any: [
          { field: 'email', op: 'in_list', value: vip },
          { field: 'state', op: 'in', value: ['CA', 'TX'] },
        ],
      },
    ],
  }
  const names = { nameOf: (field: string) => field, kindOf: () => 'date', lists }
  expect(summaryOf(rule, names).text).toBe(
    "move_date is before 2026-03-01 · (email is in the list “Ann's area” or state is one of CA, TX)",
  )
})
