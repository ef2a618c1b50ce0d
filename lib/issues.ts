import type { z } from 'zod'
import type { Issue } from './errors'

type ZodIssue = z.core.$ZodIssue

const kindWords: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

const kindOf = (expected: string) => kindWords[expected] ?? expected

type UnionIssue = Extract<ZodIssue, { code: 'invalid_union' }>

/** Shapes that a word tells apart say which words there are. */
function wordsForUnion(issue: UnionIssue): string {
  const names = 'options' in issue && Array.isArray(issue.options) ? issue.options : []
  return names.length > 0 ? `Use one of ${names.join(', ')}.` : `This has to be ${kindsOf(issue).join(' or ')}.`
}

/** A person reads this: what is missing, or what it should have been. */
function wordsFor(issue: ZodIssue): string {
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? issue.message
  if (issue.code === 'invalid_union') return wordsForUnion(issue)
  if (issue.code !== 'invalid_type') return issue.message
  const wanted = kindOf(issue.expected)
  if (!issue.message.endsWith('received undefined')) return `This has to be ${wanted}.`
  return issue.expected in kindWords ? `This is required: ${wanted}.` : 'This is required.'
}

/** What may stand where nothing of the kind that was given may. */
const kindsOf = (issue: ZodIssue): string[] => {
  if (issue.code === 'invalid_type') return [kindOf(issue.expected)]
  return issue.code === 'invalid_union' ? [...new Set(issue.errors.flat().flatMap(kindsOf))] : []
}

/** The value is of another kind than the shape takes: this shape was not meant. */
const isOfOtherKind = (shape: readonly ZodIssue[]): boolean =>
  shape.some(
    (issue) =>
      issue.path.length === 0 &&
      (issue.code === 'invalid_type' || (issue.code === 'invalid_union' && closest(issue) === undefined)),
  )

/** Of several shapes the one that was meant: of the right kind, with the fewest faults. */
const closest = ({ errors }: UnionIssue): ZodIssue[] | undefined =>
  errors.filter((shape) => !isOfOtherKind(shape)).toSorted((a, b) => a.length - b.length)[0]

function within(issue: ZodIssue, path: readonly PropertyKey[]): Issue[] {
  const at = [...path, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    const message = 'There is no such field. Look for a slip, or leave it out.'
    return issue.keys.map((name) => ({ path: [...at, name].join('.'), message }))
  }
  const meant = issue.code === 'invalid_union' && issue.message === 'Invalid input' ? closest(issue) : undefined
  if (meant) return meant.flatMap((inner) => within(inner, at))
  return [{ path: at.join('.'), message: wordsFor(issue) }]
}

/** What a schema found wrong, in words, by dotted paths. A name that nobody knows is wrong itself, not what it stands in. */
export const issuesOf = (error: { issues: readonly ZodIssue[] }): Issue[] =>
  error.issues.flatMap((issue) => within(issue, []))
