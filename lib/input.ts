import type { z } from 'zod'
import { invalid } from './errors'
import { issuesOf } from './issues'
import { err, ok, type Result } from './result'

/** Parses an input with its schema. A refusal names every problem by its dotted path. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): Result<z.output<Schema>> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return ok(parsed.data)
  return err(invalid('Some of what was sent is not right.', issuesOf(parsed.error)))
}
