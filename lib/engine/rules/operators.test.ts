import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aFlow, aRun, begin, inputOf, now, standardFields } from '../fixtures'
import {
  type BuiltRule,
  checkFlow,
  type FieldType,
  fieldTypes,
  type Locate,
  type Nested,
  type Rule,
  type RuleList,
  type RuleOp,
  type RuleResources,
  ruleOps,
  ruleTable,
} from '../index'
import { expressionOf, opsFitting, ruleOfText } from '../schema'

/* Austin, Round Rock and San Antonio, as the table of postal codes has them. */
const places: Record<string, ReturnType<Locate>> = {
  '78704': { latitude: 30.243, longitude: -97.7656 },
  '78664': { latitude: 30.502, longitude: -97.6518 },
  '78205': { latitude: 29.4237, longitude: -98.4862 },
}
const aList = (id: string, name: string, type: FieldType, values: string[]): RuleList => {
  const held = new Set(values)
  return { id, name, type, has: (value) => held.has(value) }
}
const vip = aList('0197f2a4-0000-7000-8000-00000000000a', 'VIP customers', 'email', ['ann@example.com'])
const phones = aList('0197f2a4-0000-7000-8000-00000000000b', 'Known phones', 'phone', ['5127891111'])
const resources: RuleResources = {
  lists: new Map([vip, phones].flatMap((list) => [[list.id, list] as const, [list.name.toLowerCase(), list] as const])),
  locate: (code) => places[code],
}

const parts = (rule: Rule) => ({ acceptance: { rule }, succeed_when: 'always' as const })
const flowWith = (rule: Rule) => aFlow({ ...parts(rule), resources })
const judge = (rule: Rule, lead: Nested) => {
  const { run } = begin(flowWith(rule), lead)
  return { passes: run.outcome === 'success', reason: run.reason, trace: run.trace }
}
const passes = (rule: Rule, lead: Nested) => judge(rule, lead).passes
const problemsOf = (rule: Rule) => checkFlow({ ...inputOf({ ...parts(rule), resources }) })
const errorOf = (rule: Rule) => problemsOf(rule).find(({ severity }) => severity === 'error')?.message

describe('between', () => {
  test('takes numbers, both ends included', () => {
    const rule: Rule = { field: 'credit_score', op: 'between', value: [600, 700] }
    expect([599, 600, 650, 700, 701].map((credit_score) => passes(rule, { credit_score }))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ])
    expect(passes(rule, {})).toBe(false)
    expect(
      passes('between(lead.mortgage.loan.amount, 10000, 19999)', { mortgage: { loan: { amount: '$15,000' } } }),
    ).toBe(true)
    expect(passes({ field: 'credit_score', op: 'between', value: '10000-19999' }, { credit_score: 10_000 })).toBe(true)
    expect(passes({ field: 'credit_score', op: 'between', value: '-5 to 5' }, { credit_score: 0 })).toBe(true)
    expect(passes({ field: 'age', op: 'between', value: [14, 16] }, { age: '10-20' })).toBe(true)
    expect(passes('between(lead.credit_score, lead.dob.year, 3000)', { credit_score: 2001, dob: '2000-01-01' })).toBe(
      true,
    )
  })

  test('takes days, and a moment counts by its day in the zone of the flow', () => {
    const rule: Rule = { field: 'move_date', op: 'between', value: ['2026-01-01', '1/31/2026'] }
    expect(passes(rule, { move_date: '2026-01-31' })).toBe(true)
    expect(passes(rule, { move_date: '2026-02-01' })).toBe(false)
    expect(passes("submission.timestamp.between('2026-01-14', '2026-01-14')", {})).toBe(true)
    expect(passes("submission.timestamp <= '2026-01-14' && !(submission.timestamp > '2026-01-14')", {})).toBe(true)
    expect(passes("submission.timestamp == '2026-01-14' && submission.timestamp == now.date", {})).toBe(true)
  })

  test('takes times of day, over midnight too', () => {
    // It is 13:30 in New York.
    expect(passes("between(now.time, '0830-1645')", {})).toBe(true)
    expect(passes("between(now.time, '13:30', '1:30 pm')", {})).toBe(true)
    expect(passes("between(now.time, '13:31', '17')", {})).toBe(false)
    expect(passes("between(now.time, '22:00', '06:00')", {})).toBe(false)
    expect(passes("between(now.time, '12:00', '06:00')", {})).toBe(true)
    expect(passes("between(submission.timestamp, '09:00', '13:30')", {})).toBe(true)
    expect(passes("now.time >= '9:00' && now.time < 1400 && now.time == '1:30 PM'", {})).toBe(true)
  })
})

describe('days', () => {
  // Today is 2026-01-14 in New York.
  const lead = (move_date: string) => ({ move_date })

  test('in the last and next days counts from today, which belongs to both', () => {
    const last: Rule = { field: 'move_date', op: 'in_last_days', value: 30 }
    const next: Rule = { field: 'move_date', op: 'in_next_days', value: 30 }
    expect(['2026-01-14', '2025-12-15', '2025-12-14', '2026-01-15'].map((day) => passes(last, lead(day)))).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(['2026-01-14', '2026-02-13', '2026-02-14', '2026-01-13'].map((day) => passes(next, lead(day)))).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(passes('inLastDays(submission.timestamp, 0)', {})).toBe(true)
    expect(passes('inLastDays(lead.tags, 7)', { tags: 'January 10, 2026' })).toBe(true)
    expect(passes('inLastDays(lead.tags, 7)', { tags: 'soon' })).toBe(false)
  })

  test('before and after are said of days', () => {
    expect(judge({ field: 'move_date', op: 'less_than', value: '2026-01-01' }, lead('2026-02-01')).reason).toBe(
      'Move date must be before 2026-01-01',
    )
  })
})

describe('distance', () => {
  test('is measured between postal codes, from one of several, or from another field', () => {
    expect(passes("withinMiles(lead.postal_code, 25, '78704')", { zip: '78664' })).toBe(true)
    expect(passes("withinMiles(lead.postal_code, 15, '78704')", { zip: '78664' })).toBe(false)
    expect(passes("withinMiles(lead.postal_code, 10, ['78704', '78205'])", { zip: '78205-1234' })).toBe(true)
    expect(passes('withinMiles(lead.postal_code, 25, lead.tags)', { zip: '78664', tags: '78704' })).toBe(true)
    expect(passes({ field: 'postal_code', op: 'within_miles', value: [25, 'tags'] }, { zip: '78664', tags: 'x' })).toBe(
      false,
    )
    expect(passes({ field: 'postal_code', op: 'not_within_miles', value: [25, '78704'] }, {})).toBe(true)
  })

  test('shows how far it was', () => {
    const { reason, trace } = judge("withinMiles(lead.postal_code, 25, '78704')", { zip: '78205' })
    expect(reason).toBe('Postal code must be within 25 miles of 78704')
    expect(trace[0]?.comparisons).toEqual([
      { text: 'Postal code is within 25 miles of 78704', passed: false, left: '78205', right: '71.2 miles' },
    ])
  })
})

describe('lists', () => {
  test('are named by id in rows and by name in expressions, letter case aside', () => {
    expect(passes({ field: 'email', op: 'in_list', value: vip.id }, { email: 'ANN@example.com' })).toBe(true)
    expect(passes("inList(lead.email, 'vip CUSTOMERS')", { email: 'bob@example.com' })).toBe(false)
    expect(passes("!inList(lead.email, 'VIP customers')", {})).toBe(true)
  })

  test('know a value in whatever way it is written', () => {
    expect(passes("inList(lead.phone_1, 'Known phones')", { phone_1: '(512) 789-1111' })).toBe(true)
    expect(passes("inList(lead.tags, 'Known phones')", { tags: '512.789.1111' })).toBe(true)
  })

  test('go by their name in reasons', () => {
    expect(judge({ field: 'email', op: 'in_list', value: vip.id }, { email: 'b@c.com' }).reason).toBe(
      'Email must be in the list “VIP customers”',
    )
  })
})

describe('patterns', () => {
  test('any of several will do', () => {
    const rule: Rule = { field: 'tags', op: 'matches_any', value: ['^san ', 'beach$'] }
    expect(['San Diego', 'Long Beach', 'Austin'].map((tags) => passes(rule, { tags }))).toEqual([true, true, false])
  })

  test('* and ? stand for text, and nothing else means anything', () => {
    expect(passes("like(lead.email, '*@*.EDU')", { email: 'ann@mail.school.edu' })).toBe(true)
    expect(passes("lead.tags.like('a.c')", { tags: 'abc' })).toBe(false)
    expect(passes("lead.tags.like('a?c (1)')", { tags: 'abc (1)' })).toBe(true)
    expect(passes("!like(lead.email, 'test*')", {})).toBe(true)
  })

  test('swear words are found as words, whatever they are written with', () => {
    expect(passes('obscene(lead.first_name)', { first_name: 'Sh1t head' })).toBe(true)
    expect(passes('obscene(lead.tags)', { tags: 'what the FUCKING' })).toBe(true)
    for (const tags of ['Scunthorpe', 'Cassandra', 'Dickinson', 'Essex', 'Hancock', 'grape']) {
      expect(passes('obscene(lead.tags)', { tags }), tags).toBe(false)
    }
  })
})

test('yes and no may be asked for either way, and blank is neither', () => {
  const verdicts = (homeowner: string | undefined) =>
    (['true', 'not_true', 'false', 'not_false'] as const).map((op) =>
      passes({ field: 'homeowner', op }, homeowner === undefined ? {} : { homeowner }),
    )
  expect(verdicts('yes')).toEqual([true, false, false, true])
  expect(verdicts('N')).toEqual([false, true, true, false])
  expect(verdicts(undefined)).toEqual([false, true, false, true])
})

describe('refused when saved', () => {
  test('with a reason that a person understands, and the place', () => {
    expect(errorOf({ field: 'credit_score', op: 'between', value: [700, 600] })).toMatch(
      /smaller one first: 600, then 700/,
    )
    expect(errorOf({ field: 'credit_score', op: 'between', value: 'a lot' })).toMatch(/two ends/)
    expect(errorOf({ field: 'move_date', op: 'between', value: ['soon', 'later'] })).toMatch(
      /can’t be put in order with soon/,
    )
    expect(errorOf("between(now.time, '25:00', '26:00')")).toMatch(/can’t be put in order with 25:00/)
    expect(errorOf({ field: 'move_date', op: 'in_last_days', value: 1.5 })).toMatch(/whole number of days/)
    expect(errorOf('inLastDays(lead.phone_1, 3)')).toMatch(/Phone 1 is no date/)
    expect(errorOf("withinMiles(lead.postal_code, 25, '00000')")).toBe(
      'There is no US postal code 00000. (character 35)',
    )
    expect(errorOf("withinMiles(lead.postal_code, 25, 'Austin')")).toMatch(/“Austin” is no US postal code/)
    expect(errorOf('withinMiles(lead.postal_code, 25)')).toMatch(/is written like this: withinMiles/)
    expect(errorOf("withinMiles(lead.email, 25, '78704')")).toMatch(/Email is no postal code/)
    expect(errorOf("inList(lead.email, 'Nobody')")).toBe('There is no list “Nobody”. (character 20)')
    expect(errorOf({ field: 'email', op: 'in_list', value: '0197f2a4-0000-7000-8000-0000000000ff' })).toMatch(
      /does not exist any more/,
    )
    expect(errorOf({ field: 'email', op: 'matches', value: '*@example.com' })).toMatch(/choose “is like”/)
    expect(errorOf({ field: 'email', op: 'matches_any', value: ['ok', '('] })).toMatch(/can’t be used/)
    expect(errorOf('distanceTo(lead.zip)')).toMatch(/There are contains, startsWith, .* and upper\./)
  })

  test('a problem of rows names its row', () => {
    const rule: Rule = {
      all: [
        { field: 'state', op: 'equals', value: 'CA' },
        {
          any: [
            { field: 'email', op: 'valid' },
            { field: 'shoe', op: 'blank' },
          ],
        },
      ],
    }
    expect(problemsOf(rule)).toEqual([
      { severity: 'error', path: 'acceptance.rule.all.1.any.1', message: 'There is no field “shoe” in this flow.' },
    ])
  })
})

/* Every operator at once: rows of any field with any fitting operator and a value of the right kind. */

const kinds = new Map<string, string>([
  ...standardFields.map(({ name, type }) => [name, type] as const),
  ['now.time', 'clock'],
  ['random', 'number'],
])
const words = fc.constantFrom(
  'CA',
  'TX',
  "O'Neil",
  'a\\b',
  'Ann@example.com',
  '(512) 789-1111',
  '78704',
  '650',
  '2026-01-10',
  '',
)
const numbers = fc.integer({ min: -50, max: 1000 })
const days = fc.constantFrom('2025-12-31', '2026-01-10', '2026-01-14', '2026-02-01')
const clocks = fc.constantFrom('00:00', '08:30', '13:30', '22:15')
const scalarFor = (kind: string) => {
  if (['number', 'currency', 'range'].includes(kind)) return numbers
  if (['date', 'dob', 'time'].includes(kind)) return days
  return kind === 'clock' ? clocks : words.filter((word) => word !== '')
}
const byNumber = (a: number | string, b: number | string) =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1

function valueFor(
  op: RuleOp,
  kind: string,
): fc.Arbitrary<NonNullable<Extract<BuiltRule, { field: string }>['value']> | undefined> {
  const { takes } = ruleTable[op]
  if (takes === 'nothing') return fc.constant(undefined)
  if (takes === 'list') return fc.constantFrom(vip.id, phones.id)
  if (takes === 'days') return fc.integer({ min: 0, max: 400 })
  if (takes === 'distance') return fc.constantFrom([25, '78704'], [80, '78704', '78205'], [0.5, 'tags'])
  if (takes === 'values') return fc.array(words, { minLength: 1, maxLength: 4 })
  if (takes === 'bounds') return fc.tuple(scalarFor(kind), scalarFor(kind)).map((ends) => ends.sort(byNumber))
  if (takes === 'pattern') return fc.constantFrom('^c', 'a.*b', 'x$', 'tx')
  if (takes === 'patterns') return fc.constantFrom(['^c', 'x$'], ['@'])
  return scalarFor(kind)
}

const aRow = fc.constantFrom(...kinds).chain(([field, kind]) =>
  fc
    .constantFrom(
      ...opsFitting(
        kind,
        standardFields.some(({ name }) => name === field),
      ),
    )
    .chain((op) =>
      valueFor(op, kind).map((value): BuiltRule => ({ field, op, ...(value !== undefined && { value }) })),
    ),
)
const aRule = fc.letrec<{ rule: BuiltRule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'rule' },
    aRow,
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
  ),
})).rule

const anything = fc.oneof(
  words,
  numbers,
  days,
  fc.boolean(),
  fc.constant(null),
  fc.string(),
  fc.array(words, { maxLength: 3 }),
)
const aLead = fc.dictionary(
  fc.constantFrom(...standardFields.map(({ name }) => name), 'store_zip'),
  anything,
) as fc.Arbitrary<Nested>

const outcomeOf = (rule: Rule, lead: Nested) => {
  const made = flowWith(rule)
  expect(made.flow.acceptance?.rule.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  return made.flow.acceptance?.rule.test({ run: aRun(made, lead), flow: made.flow.flow, now })
}

const lists = [vip, phones].map(({ id, name }) => ({ id, name }))

test('rows mean the same as the expression that they become, and come back from it', () => {
  fc.assert(
    fc.property(aRule, aLead, (rule, lead) => {
      const text = expressionOf(rule, lists)
      expect(outcomeOf(text, lead), text).toBe(outcomeOf(rule, lead))
      const back = ruleOfText(text, lists)
      expect(back && outcomeOf(back, lead), text).toBe(outcomeOf(rule, lead))
    }),
    { numRuns: 300 },
  )
})

test('an operator and its opposite never agree', () => {
  fc.assert(
    fc.property(aRow, aLead, (row, lead) => {
      const opposite = 'op' in row ? ruleTable[row.op].opposite : undefined
      if (!opposite) return
      expect(outcomeOf({ ...row, op: opposite } as BuiltRule, lead)).toBe(!outcomeOf(row, lead))
      expect(outcomeOf(`!(${expressionOf(row, lists)})`, lead)).toBe(!outcomeOf(row, lead))
    }),
    { numRuns: 500 },
  )
})

test('letter case never matters', () => {
  const flip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(flip)
    return typeof value === 'string'
      ? value.replace(/[a-z]/gi, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()))
      : value
  }
  const textOps: RuleOp[] = [
    'equals',
    'not_equals',
    'in',
    'not_in',
    'includes',
    'starts_with',
    'ends_with',
    'in_list',
    'like',
    'matches',
  ]
  const row = fc
    .constantFrom(...textOps)
    .chain((op) => valueFor(op, 'string').map((value) => ({ field: 'tags', op, value: value ?? '' })))
  fc.assert(
    fc.property(row, fc.oneof(words, fc.array(words)), (rule, tags) => {
      expect(outcomeOf(rule, { tags: flip(tags) as string })).toBe(outcomeOf(rule, { tags }))
      const { op, value } = rule
      const isText = ruleTable[op].takes !== 'list' && op !== 'matches'
      if (isText) expect(outcomeOf({ ...rule, value: flip(value) as string }, { tags })).toBe(outcomeOf(rule, { tags }))
    }),
  )
})

test('between holds both ends and what lies between, and nothing else', () => {
  fc.assert(
    fc.property(numbers, numbers, numbers, (a, b, credit_score) => {
      const [low, high] = a < b ? [a, b] : [b, a]
      const rule: Rule = { field: 'credit_score', op: 'between', value: [low, high] }
      expect(outcomeOf(rule, { credit_score })).toBe(low <= credit_score && credit_score <= high)
      expect(outcomeOf(rule, { credit_score: low }) && outcomeOf(rule, { credit_score: high })).toBe(true)
    }),
  )
})

test('no rule and no lead make a decision throw, and a refusal always has its words', () => {
  fc.assert(
    fc.property(aRule, aLead, (rule, lead) => {
      const { passes: isIn, reason } = judge(rule, lead)
      if (!isIn) expect(reason).toMatch(/ (must|is required)/)
    }),
    { numRuns: 300 },
  )
})

test('a masked field never shows its value', () => {
  for (const op of ruleOps) {
    const value = fc.sample(valueFor(op, 'string'), 1)[0]
    const { trace } = judge({ field: 'ssn', op, ...(value !== undefined && { value }) }, { ssn: '123-45-6789' })
    expect(JSON.stringify(trace), op).not.toMatch(/6789/)
  }
})

test('every operator of the facts fits the types that they list', () => {
  const fits = (type: FieldType, ...ops: RuleOp[]) => expect(opsFitting(type)).toEqual(expect.arrayContaining(ops))
  fits('phone', 'equals', 'blank', 'valid', 'includes', 'in')
  fits('email', 'equals', 'obscene', 'matches', 'valid')
  fits('number', 'less_than', 'between', 'includes', 'in')
  fits('dob', 'between', 'at_least', 'in_last_days')
  fits('boolean', 'true', 'not_true', 'false', 'not_false', 'blank', 'valid')
  fits('trustedform_url', 'blank', 'valid')
  fits('postal_code', 'within_miles', 'matches')
  for (const type of fieldTypes) expect(opsFitting(type).length).toBeGreaterThan(1)
  expect(opsFitting('phone')).not.toContain('matches')
  expect(opsFitting('boolean')).not.toContain('equals')
})
