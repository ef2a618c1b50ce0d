import { intakeApp } from './intake/app'

const handle = (request: Request): Response | Promise<Response> => intakeApp.fetch(request)

/**
 * The machine application as a Next route handler, for every method: development serves it so, and production when a
 * path reaches the pages' process. The hot path is Node's own server (`server/`), which answers forty times as many.
 */
export const mounted = {
  GET: handle,
  POST: handle,
  PUT: handle,
  PATCH: handle,
  DELETE: handle,
  HEAD: handle,
  OPTIONS: handle,
}
