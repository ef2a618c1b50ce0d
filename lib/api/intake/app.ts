import { Hono } from 'hono'
import { log } from '../../log'
import { feedback } from './feedback'
import { healthz, metrics, readyz } from './health'
import { ping } from './ping'
import { type Bindings, message, methodNotAllowed } from './request'
import { sandbox } from './sandbox'
import { leadStatus, submit, submitOptions } from './submit'

/*
 * Matched by exact pattern before anything else: what is not here belongs to the pages. The hot process answers these
 * itself; in development the same app is mounted as route handlers.
 */
const machinePath =
  /^\/(?:flows\/[^/]+\/sources\/[^/]+\/(?:submit|ping|leads\/[^/]+)|feedback|healthz|readyz|metrics|sandbox\/[^/]+)\/?$/

/** True for a path that the machine application answers. */
export const isMachinePath = (path: string): boolean => machinePath.test(path)

function build(): Hono<{ Bindings: Bindings }> {
  const app = new Hono<{ Bindings: Bindings }>({ strict: false })
  const submitPath = '/flows/:flowId/sources/:sourceId/submit'
  // Hono answers HEAD with the GET handler, so the method is asked first.
  app.all(submitPath, (c) => {
    const { method } = c.req
    if (method === 'POST' || method === 'GET') return submit(c)
    return method === 'OPTIONS' ? submitOptions(c) : methodNotAllowed(method, 'GET, POST')
  })
  app.all('/flows/:flowId/sources/:sourceId/ping', (c) => {
    const { method } = c.req
    if (method === 'POST' || method === 'GET') return ping(c)
    return method === 'OPTIONS' ? submitOptions(c) : methodNotAllowed(method, 'GET, POST')
  })
  app.all('/flows/:flowId/sources/:sourceId/leads/:leadId', (c) =>
    c.req.method === 'GET' ? leadStatus(c) : methodNotAllowed(c.req.method, 'GET'),
  )
  app.all('/feedback', (c) => (c.req.method === 'POST' ? feedback(c) : methodNotAllowed(c.req.method, 'POST')))
  app.all('/sandbox/:mode', (c) => (c.req.method === 'POST' ? sandbox(c) : methodNotAllowed(c.req.method, 'POST')))
  app.get('/healthz', healthz)
  app.get('/readyz', readyz)
  app.get('/metrics', metrics)
  app.notFound(() => message(404, 'Not found'))
  app.onError((error) => {
    log.error({ err: error }, 'a machine request failed')
    return message(503, 'Something went wrong on our side. Nothing was taken: send it again.', { 'retry-after': '2' })
  })
  return app
}

/** Intake and what stands beside it on the hot path: submit, ping, lead status, feedback, sandbox buyer, health. */
export const intakeApp = build()
