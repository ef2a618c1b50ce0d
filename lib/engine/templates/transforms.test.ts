import { describe, expect, test } from 'vitest'
import { aBuyer, aFlow, begin, inputOf, now } from '../fixtures'
import { checkFlow, type MappingParts, type Nested, renderRequest } from '../index'

type Transforms = NonNullable<MappingParts['transform']>

const flowWith = (value: string | number, transform: Transforms) => ({
  steps: [
    aBuyer('b', {
      connection: {
        method: 'manual',
        endpoint: { url: 'https://b.example.com/' },
        request: { mappings: { v: { value, transform }, id: '{{event_id}}' } },
      },
    }),
  ],
})

function changed(value: string | number, transform: Transforms, submitted: Nested = {}): unknown {
  const made = aFlow(flowWith(value, transform))
  const { run } = begin(made, submitted)
  const body = renderRequest(made.flow, run, { stepId: 'b', eventId: 'e1', now })?.body ?? ''
  return (JSON.parse(body) as { v?: unknown }).v
}
const problems = (transform: Transforms) =>
  checkFlow(inputOf(flowWith('x', transform))).map(({ severity, message }) => `${severity}: ${message}`)

describe('a change of a value', () => {
  test.each<[string | number, Transforms, unknown]>([
    ['2026-02-05', [{ type: 'date', format: '%m/%d/%Y' }], '02/05/2026'],
    ['2026-01-14T18:30:00Z', [{ type: 'date', format: '%F %R', time_zone: 'America/New_York' }], '2026-01-14 13:30'],
    ['2026-02-05', [{ type: 'date', format: '%m/%d/%Y', time_zone: 'America/Los_Angeles' }], '02/05/2026'],
    [
      '2026-02-05',
      [
        { type: 'add_days', days: 30 },
        { type: 'date', format: '%b %-d' },
      ],
      'Mar 7',
    ],
    ['no date', [{ type: 'date', format: '%Y' }], 'no date'],
    ['5127891111', [{ type: 'phone', format: 'e164' }], '+15127891111'],
    ['512.789.1111 x12', [{ type: 'phone', format: 'national' }], '(512) 789-1111 x12'],
    ['5127891111', [{ type: 'phone', format: 'dashes' }], '512-789-1111'],
    ['5127891111', [{ type: 'phone', format: 'dots' }], '512.789.1111'],
    ['+1 (512) 789-1111', [{ type: 'phone', format: 'digits' }], '5127891111'],
    ['+44 20 7946 0958', [{ type: 'phone', format: 'international' }], '+44 20 7946 0958'],
    ['not a phone', [{ type: 'phone', format: 'e164' }], 'not a phone'],
    ['mcDonald o’neil', [{ type: 'case', to: 'title' }], 'Mcdonald O’neil'],
    ['Ab', [{ type: 'case', to: 'upper' }], 'AB'],
    [' a ', [{ type: 'trim' }, { type: 'append', text: '!' }, { type: 'prepend', text: '¡' }], '¡a!'],
    ['Éa', [{ type: 'ascii' }], 'Ea'],
    ['Own', [{ type: 'lookup', table: { own: 'H', rent: 'R' }, otherwise: 'U' }], 'H'],
    ['lease', [{ type: 'lookup', table: { own: 'H' }, otherwise: 0 }], 0],
    ['lease', [{ type: 'lookup', table: { own: 'H' } }], 'lease'],
    ['constructor', [{ type: 'lookup', table: {}, otherwise: 'x' }], 'x'],
    ['a@b.co', [{ type: 'hash', algorithm: 'md5' }], 32],
    ['x', [{ type: 'hash', algorithm: 'sha256', salt: 's' }], 64],
    ['x', [{ type: 'hash', algorithm: 'sha1', encoding: 'base64' }], 28],
    ['x', [{ type: 'hash', algorithm: 'sha512' }], 128],
    ['$1,234.5', [{ type: 'number' }], 1234.5],
    [1234567.5, [{ type: 'number', decimals: 2, thousands: ',' }], '1,234,567.50'],
    [1234.5, [{ type: 'number', decimals: 2, thousands: '.', decimal_mark: ',' }], '1.234,50'],
    ['12.345', [{ type: 'round', places: 1 }], 12.3],
    [
      10,
      [
        { type: 'math', operator: 'divided_by', by: 4 },
        { type: 'math', operator: 'plus', by: 0.1 },
      ],
      2.6,
    ],
    ['five', [{ type: 'math', operator: 'times', by: 2 }], 'five'],
    ['yes', [{ type: 'boolean', yes: 'Y', no: 'N' }], 'Y'],
    ['maybe', [{ type: 'boolean', yes: 1, no: 0 }], 'maybe'],
    ['Michael', [{ type: 'replace', search: 'Mi', with: 'At' }], 'Atchael'],
    ['Michael', [{ type: 'replace', search: 'h.{3}', with: 'ke', pattern: true }], 'Micke'],
    ['Michael', [{ type: 'substring', start: 3 }], 'chael'],
    ['Michael', [{ type: 'substring', start: 2, length: 3 }], 'ich'],
    ['Michael', [{ type: 'substring', start: -2 }], 'el'],
    ['matched 42 records', [{ type: 'extract', pattern: 'matched (.*) records' }], '42'],
    ['none', [{ type: 'extract', pattern: '\\d+' }], undefined],
    ['123456', [{ type: 'mask', keep: 2 }], '****56'],
    [
      'a;b',
      [
        { type: 'split', separator: ';' },
        { type: 'case', to: 'upper' },
      ],
      ['A', 'B'],
    ],
    [
      'a;b',
      [
        { type: 'split', separator: ';' },
        { type: 'join', separator: '|' },
      ],
      'a|b',
    ],
    [7, [{ type: 'text' }], '7'],
    [
      '{{lead.first_name}}',
      [
        { type: 'case', to: 'upper' },
        { type: 'default', value: 'none' },
      ],
      'none',
    ],
    ['{{lead.first_name}}', [{ type: 'hash', algorithm: 'md5' }], undefined],
  ])('of %j by %j gives %j', (value, transform, expected) => {
    const result = changed(value, transform)
    const isHash = transform.some(({ type }) => type === 'hash')
    expect(isHash && typeof result === 'string' ? result.length : result).toEqual(expected)
  })

  test('hashes as everybody does', () => {
    expect(changed('a@b.co', [{ type: 'hash', algorithm: 'sha1' }])).toBe(changed("{{ 'a@b.co' | sha1 }}", []))
    const salted = [
      { type: 'hash' as const, algorithm: 'sha256' as const, salt: '{{lead.state}}', salt_position: 'after' as const },
    ]
    expect(changed('x', salted, { state: 'CA' })).toBe(changed("{{ 'xCA' | sha256 }}", []))
  })

  test('knows the country of a phone field', () => {
    const e164: Transforms = [{ type: 'phone', format: 'e164' }]
    expect(changed('{{lead.phone_1}}', e164, { phone_1: '+44 20 7946 0958' })).toBe('+442079460958')
    expect(changed('{{lead.phone_1}}', e164, { phone_1: '512-789-1111' })).toBe('+15127891111')
  })

  test('keeps within bounds', () => {
    const grow: Transforms = Array.from({ length: 20 }, () => ({ type: 'replace', search: 'a', with: 'a'.repeat(400) }))
    expect(changed('a', grow)).toBeUndefined()
  })

  test.each<[Transforms, RegExp]>([
    [
      [{ type: 'date', format: '%Y', time_zone: 'Mars/Olympus' }],
      /^error: Change 1: “Mars\/Olympus” is not a time zone/,
    ],
    [[{ type: 'date', format: 'yyyy' }], /^warning: Change 1: This format has no part of a date/],
    [[{ type: 'trim' }, { type: 'extract', pattern: '(' }], /^error: Change 2: This pattern can’t be used/],
    [[{ type: 'replace', search: '(?=x)', with: '', pattern: true }], /^error: .*Look-around/],
    [[{ type: 'hash', algorithm: 'md5', salt: '{{lead.nope}}' }], /^error: .*There is no field “nope”/],
    [[{ type: 'math', operator: 'divided_by', by: 0 }], /^error: .*divided by 0/],
  ])('%j is told of when it is saved', (transform, words) => {
    expect(problems(transform)[0]).toMatch(words)
  })
})
