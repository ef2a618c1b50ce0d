import type { Context } from 'hono'
import type { Refusal } from '../../errors'
import { err, ok, type Result } from '../../result'
import { refused } from './problem'
import { wirePath } from './wire'

/** A verb's result as an answer: the value as JSON with `status`, or the refusal with its own. 204 has no body. */
export function reply(c: Context, result: Result<unknown>, status: 200 | 201 | 204 = 200): Response {
  if (!result.ok) return refused(result.error)
  if (status === 204) return c.body(null, 204)
  return c.json(result.value as object, status)
}

/** The value of a result, turned into what the API writes. A refusal stays, its paths in the names of the request. */
export function written<Value, Written>(
  result: Result<Value>,
  write: (value: Value) => Written,
  nameOf = wirePath,
): Result<Written> {
  return result.ok ? ok(write(result.value)) : err(inRequestNames(result.error, nameOf))
}

export const inRequestNames = (refusal: Refusal, nameOf = wirePath): Refusal =>
  refusal.issues
    ? { ...refusal, issues: refusal.issues.map(({ path, message }) => ({ path: nameOf(path), message })) }
    : refusal

/** A whole list, or a page of one. */
export const page = <Item>(items: Item[], nextCursor?: string): { data: Item[]; next_cursor: string | null } => ({
  data: items,
  next_cursor: nextCursor ?? null,
})
