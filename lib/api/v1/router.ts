import { type Hook, OpenAPIHono } from '@hono/zod-openapi'
import type { Issue } from '../../errors'
import type { ApiEnv } from './caller'
import { problem } from './problem'

export type Api = OpenAPIHono<ApiEnv>

type Checked = Parameters<Hook<unknown, ApiEnv, string, unknown>>[0]

type ZodIssue = Extract<Checked, { success: false }>['error']['issues'][number]

/** A name that nobody knows is wrong itself, not what it stands in. */
function pathsOf(issue: ZodIssue): Issue[] {
  const names = issue.code === 'unrecognized_keys' ? issue.keys : undefined
  if (!names) return [{ path: issue.path.join('.'), message: issue.message }]
  return names.map((name) => ({
    path: [...issue.path, name].join('.'),
    message: 'There is no such field. Look for a slip, or leave it out.',
  }))
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
