import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { aBuyer, inputOf } from '../fixtures'
import { checkFlow, type ResponseSpec } from '../index'

type Spec = z.input<typeof ResponseSpec>
const at = 'steps.0.connection.response.'

function problemsOf(response: Spec): [string, string, string][] {
  const step = aBuyer('b', {
    connection: {
      method: 'manual',
      endpoint: { url: 'https://b.example.com' },
      request: { mappings: { id: '{{event_id}}' } },
      response,
    },
  })
  return checkFlow(inputOf({ steps: [step] })).map(({ severity, path, message }) => [
    severity,
    path.replace(at, ''),
    message,
  ])
}
const has = (severity: string, path: string, words: string) => [severity, path, expect.stringContaining(words)]

describe('a path that cannot be used is refused with its place and a reason', () => {
  test.each<[Spec, string, string]>([
    [{ parser: { price_path: 'a..b' } }, 'parser.price_path', '“a..b” is no path'],
    [{ parser: { type: 'xml', reason_path: '//a[' } }, 'parser.reason_path', 'Name an element. (character 5)'],
    [{ parser: { type: 'xml', id_path: '//a[b="x]' } }, 'parser.id_path', 'A quote is not closed. (character 7)'],
    [{ parser: { type: 'xml', id_path: 'following::a/b' } }, 'parser.id_path', '“following::” is not known here'],
    [{ parser: { type: 'xml', id_path: '//a[sum(b)=1]' } }, 'parser.id_path', 'There is no function “sum”'],
    [{ parser: { type: 'xml', id_path: '//a[//b]' } }, 'parser.id_path', 'A path in brackets starts at the element'],
    [{ parser: { type: 'xml', id_path: 'a.@b.c' } }, 'parser.id_path', 'is no path in XML'],
    [{ parser: { type: 'html', success_path: 'div[' } }, 'parser.success_path', 'is no CSS selector'],
    [{ parser: { type: 'html', success_path: 'a:hover' } }, 'parser.success_path', '“:hover” is not known here'],
    [{ parser: { type: 'html', success_path: 'li:nth-child(x)' } }, 'parser.success_path', 'says no place'],
    [{ parser: { type: 'regex', reason_path: 'a(?=b)' } }, 'parser.reason_path', 'Look-around'],
    [{ parser: { type: 'text', reason_path: '[' } }, 'parser.reason_path', 'This pattern can’t be used'],
    [
      { parser: { type: 'xml' }, conditions: [{ path: '//', outcome: 'error' }] },
      'conditions.0.path',
      'Name an element',
    ],
    [{ conditions: [{ matches: '(', outcome: 'error' }] }, 'conditions.0.matches', 'This pattern can’t be used'],
    [{ parser: { type: 'html' }, capture: { x: '>' } }, 'capture.x', 'is no CSS selector'],
    [{ capture: { price: 'a' } }, 'capture.price', '“price” is there by itself'],
    [{ capture: { x: ' ' } }, 'capture.x', 'Say where “x” stands'],
    [{ content_type: 'json' }, 'content_type', 'Write a content type'],
    [{ content_type: 'text/xml; charset=klingon' }, 'content_type', 'There is no charset “klingon”'],
    [{ conditions: [{ contains: ' ', outcome: 'error' }] }, 'conditions.0', 'Write what the answer has to say'],
    [
      { conditions: [{ outcome: 'error', reason: '{{lead.email}}' }] },
      'conditions.0.reason',
      '“lead.email” is not known',
    ],
    [{ parser: { duplicate_value: 'x' } }, 'parser.duplicate_path', 'Say where the value stands'],
  ])('%j', (spec, path, words) => {
    expect(problemsOf(spec)).toContainEqual(has('error', path, words))
  })
})

describe('a condition that does nothing is pointed out', () => {
  test.each<[Spec['conditions'], string, string]>([
    [
      [{ outcome: 'rejected' }, { codes: [200], outcome: 'accepted' }],
      'conditions.1',
      'condition 1 takes every answer.',
    ],
    [[{ codes: [], outcome: 'accepted' }], 'conditions.0.codes', 'no answer ever fits'],
    [
      [
        { codes: [400, 422], path: 'a', equals: 'X', outcome: 'error' },
        { codes: [422], path: 'a', equals: 'X', outcome: 'rejected' },
      ],
      'conditions.1',
      'condition 1 takes every answer that this one would',
    ],
    [[{ outcome: 'accepted', reason: 'Thanks' }], 'conditions.0.reason', 'is not used'],
  ])('%j', (conditions, path, words) => {
    expect(problemsOf({ conditions })).toContainEqual(has('warning', path, words))
  })

  test('and what a condition for all answers leaves without a use', () => {
    const spec: Spec = { parser: { success_path: 'ok' }, conditions: [{ outcome: 'rejected' }] }
    expect(problemsOf(spec)).toContainEqual(has('warning', 'parser.success_path', 'never looked at'))
  })

  test('while conditions that differ are left alone', () => {
    const spec: Spec = {
      parser: { type: 'xml', success_path: '//a[@b="x" and not(c)][2]/text() | (//d)[1]', reason_path: 'a.b.0.#text' },
      conditions: [
        { codes: [422], path: '//code', equals: 'X', outcome: 'error', reason: '{{reason}} {{captured.score}}' },
        { codes: [422], outcome: 'duplicate' },
        { contains: 'x', outcome: 'rejected' },
      ],
      capture: { score: '//score/@value' },
    }
    expect(problemsOf(spec)).toEqual([])
  })
})
