import type { z } from 'zod'
import { type Issue, invalid } from './errors'
import { err, ok, type Result } from './result'

/** A name that nobody knows is wrong itself, not what it stands in. */
function issuesOf(issue: z.core.$ZodIssue): Issue[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path.join('.'), message: issue.message }]
  return issue.keys.map((key) => ({
    path: [...issue.path, key].join('.'),
    message: `“${key}” is not known here. Look for a slip, or leave it out.`,
  }))
}

/** Parses an input with its schema. A refusal names every problem by its dotted path. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): Result<z.output<Schema>> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return ok(parsed.data)
  return err(invalid('Some of what was sent is not right.', parsed.error.issues.flatMap(issuesOf)))
}
