import { type Hook, OpenAPIHono } from '@hono/zod-openapi'
import { issuesOf } from '../../issues'
import type { ApiEnv } from './caller'
import { problem } from './problem'

export type Api = OpenAPIHono<ApiEnv>

type Checked = Parameters<Hook<unknown, ApiEnv, string, unknown>>[0]

/** A wrong path names nothing; a wrong query or body is told with every problem's path. */
function refuseWrong(result: Checked): Response | undefined {
  if (result.success) return undefined
  if (result.target === 'param') return problem(404, 'There is nothing with this id.')
  const errors = issuesOf(result.error)
  return problem(422, 'Some of what was sent is not right.', { errors })
}

/** A router whose validators answer as the rest of the API does. */
export const newApi = (): Api => new OpenAPIHono<ApiEnv>({ strict: false, defaultHook: refuseWrong })
