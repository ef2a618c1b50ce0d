import { expect, test } from 'vitest'
import { z } from 'zod'
import { Rule } from './engine/schema'
import { issuesOf } from './issues'

const told = (schema: z.ZodType, input: unknown) => {
  const parsed = schema.safeParse(input)
  return parsed.success ? [] : issuesOf(parsed.error).map(({ path, message }) => `${path}: ${message}`)
}

test('what is missing, of another kind, or not known is said in words at its place', () => {
  const shape = z.strictObject({ name: z.string(), tags: z.array(z.number()) })
  expect(told(shape, { tags: [1, 'x'], nam: 'a' })).toEqual([
    'name: This is required: text.',
    'tags.1: This has to be a number.',
    'nam: There is no such field. Look for a slip, or leave it out.',
  ])
})

test('what may be anything is only required', () => {
  expect(told(z.object({ document: z.unknown().nonoptional() }), {})).toEqual(['document: This is required.'])
})

test('of several shapes the one that was meant is told about', () => {
  const row = { field: 'state', op: 'is_false' }
  expect(told(z.object({ rule: Rule }), { rule: { all: [{ any: [row] }] } })).toEqual([
    'rule.all.0.any.0.op: There is no operator “is_false”.',
  ])
  expect(told(Rule, { all: [{ field: 'state', op: 'equals', value: {} }] })).toEqual([
    'all.0.value: This has to be text or a number or true or false or a list.',
  ])
  expect(told(Rule, 5)).toEqual([': This has to be text or an object.'])
  expect(told(Rule, { al: [] })).toHaveLength(2)
  const named = z.discriminatedUnion('type', [z.object({ type: z.literal('a') }), z.object({ type: z.literal('b') })])
  expect(told(named, { type: 'c' })).toEqual(['type: Use one of a, b.'])
  expect(told(z.record(z.string().regex(/^a/, 'Begin with an a.'), z.string()), { b: '' })).toEqual([
    'b: Begin with an a.',
  ])
})
