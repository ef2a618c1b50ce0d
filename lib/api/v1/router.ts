import { type Hook, OpenAPIHono } from '@hono/zod-openapi'
import type { Issue } from '../../errors'
import type { ApiEnv } from './caller'
import { problem } from './problem'

export type Api = OpenAPIHono<ApiEnv>

type Checked = Parameters<Hook<unknown, ApiEnv, string, unknown>>[0]

type ZodIssue = Extract<Checked, { success: false }>['error']['issues'][number]

const kindWords: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

/** A person reads this: what is missing, or what it should have been. */
function wordsFor(issue: ZodIssue): string {
  if (issue.code !== 'invalid_type') return issue.message
  const wanted = kindWords[issue.expected] ?? issue.expected
  return issue.message.endsWith('received undefined') ? `This is required: ${wanted}.` : `This has to be ${wanted}.`
}

/** A name that nobody knows is wrong itself, not what it stands in. */
function pathsOf(issue: ZodIssue): Issue[] {
  const at = (names: PropertyKey[]) => [...issue.path, ...names].join('.')
  if (issue.code !== 'unrecognized_keys') return [{ path: at([]), message: wordsFor(issue) }]
  const message = 'There is no such field. Look for a slip, or leave it out.'
  return issue.keys.map((name) => ({ path: at([name]), message }))
}

/** A wrong path names nothing; a wrong query or body is told with every problem's path. */
function refuseWrong(result: Checked): Response | undefined {
  if (result.success) return undefined
  if (result.target === 'param') return problem(404, 'There is nothing with this id.')
  const errors = result.error.issues.flatMap(pathsOf)
  return problem(422, 'Some of what was sent is not right.', { errors })
}

/** A router whose validators answer as the rest of the API does. */
export const newApi = (): Api => new OpenAPIHono<ApiEnv>({ strict: false, defaultHook: refuseWrong })
