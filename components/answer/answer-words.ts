import type { z } from 'zod'
import type { AnswerCondition, ParserType } from '@/lib/engine/schema'

export type Condition = z.infer<typeof AnswerCondition>

/** Kinds of answers, each with an example and how a path into it is written. */
export const kinds: Record<ParserType, { label: string; example: string; paths: string }> = {
  json: {
    label: 'JSON',
    example: '{"status":"accepted","lead":{"id":7},"errors":[{"text":"…"}]}',
    paths: 'Names with dots: lead.id, errors.0.text, or errors.*.text for all of them.',
  },
  xml: {
    label: 'XML or SOAP',
    example: '<response><status>ok</status><lead id="7"/></response>',
    paths: 'Names with dots: status, lead.@id. Or XPath: //status/text(), //lead/@id. Namespaces are looked past.',
  },
  html: {
    label: 'HTML page',
    example: '<div id="message" class="ok" data-id="7">Thanks</div>',
    paths: 'A CSS selector: #message, div.ok; with @ an attribute: #message @data-id.',
  },
  text: {
    label: 'Plain text',
    example: 'OK|7|45.00',
    paths: 'The number of a piece, from 0: 0 is OK, 2 is 45.00. Or a pattern, whose first group counts: id=(\\d+)',
  },
  regex: {
    label: 'Patterns',
    example: 'Lead 7 was accepted for $45',
    paths: 'A regular expression over the whole answer, letter case aside; its first group counts: Lead (\\d+)',
  },
}

/** What an answer may come to, as a buyer's and as that of a service which has nothing twice. */
export const outcomeWords: Record<'buyer' | 'lookup', Partial<Record<Condition['outcome'], string>>> = {
  buyer: { accepted: 'accepted', rejected: 'rejected', duplicate: 'rejected as a duplicate', error: 'error' },
  lookup: { accepted: 'success', rejected: 'failure', error: 'error' },
}

/** How a condition looks at what it finds. */
export type TestKind = 'any' | 'is there' | 'equals' | 'contains' | 'matches'

export const testWords: Record<TestKind, string> = {
  any: 'says anything',
  'is there': 'is there',
  equals: 'is',
  contains: 'contains',
  matches: 'matches the pattern',
}

const codes = (text: string) =>
  text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(Number)
export const codesOf = (text: string): number[] => [...new Set(codes(text))]

/** Words for what is wrong with a list of status codes as it is typed. */
export const checkCodes = (mayBeEmpty: boolean) => (text: string) => {
  const all = codes(text)
  if (all.length === 0) return mayBeEmpty ? undefined : 'Give at least one code, like 200.'
  return all.every((code) => Number.isInteger(code) && code >= 100 && code <= 599)
    ? undefined
    : 'Give HTTP codes from 100 to 599, with commas.'
}

/** A value as it is typed: true, 1 and accepted are told apart by what they look like. */
export function typedValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?(?:0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text
}
