import type { Context } from 'hono'
import { log } from '../../log'
import { accountApi, addSignUp } from './accounts'
import { answerApi } from './answers'
import { backtestApi } from './backtests'
import { readJson } from './body'
import { type ApiEnv, withKey, withoutKey } from './caller'
import { connectionApi } from './connections'
import { destinationApi } from './destinations'
import { describeMore, generateDocument } from './document'
import { fieldApi } from './fields'
import { flowApi } from './flows'
import { addInvitationsByToken, invitationApi } from './invitations'
import { listApi } from './lists'
import { logApi } from './log'
import { mailTemplateApi } from './mail-template'
import { partnerApi } from './partners'
import { problem } from './problem'
import { queueApi } from './queue'
import { type Api, newApi } from './router'
import { secretApi } from './secrets'
import { sourceApi } from './sources'
import { wsdlApi } from './wsdl'

const base = '/api/v1'
const codesWithoutDatabase = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|CONNECT_TIMEOUT|CONNECTION_\w+|57P0\d|53300)$/

function hasNoDatabase(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  return (typeof code === 'string' && codesWithoutDatabase.test(code)) || (cause != null && hasNoDatabase(cause))
}

/** What the validators throw carries a status; all else is ours, and keeps its cause to the log. */
function failed(error: Error): Response {
  const { status } = error as { status?: unknown }
  if (status === 415) return problem(415, 'Send the body as application/json.')
  if (status === 400) return problem(400, 'The body is not JSON.')
  log.error({ err: error }, 'an API request failed')
  if (hasNoDatabase(error))
    return problem(503, 'Nothing was changed. Try again in a moment.', { headers: { 'retry-after': '2' } })
  return problem(500, 'Something went wrong on our side. It was logged; try again, or tell us when it stays.')
}

async function neverKept(c: Context<ApiEnv>, next: () => Promise<void>): Promise<void> {
  await next()
  c.res.headers.set('cache-control', 'no-store')
  c.res.headers.set('x-content-type-options', 'nosniff')
}

function build(): Api {
  const api = newApi()
  api.use('*', neverKept)
  api.get('/api/openapi.json', (c) => c.json(apiDocument()))
  const open = newApi()
  open.use('/signup', withoutKey, readJson)
  open.use('/invitations/by-token/*', withoutKey, readJson)
  addSignUp(open)
  addInvitationsByToken(open)
  api.route(base, open)
  // What matched above has answered by now: everything else under this address needs a key, known or not.
  api.use(`${base}/*`, withKey, readJson)
  for (const resource of [
    accountApi,
    fieldApi,
    flowApi,
    backtestApi,
    sourceApi,
    invitationApi,
    connectionApi,
    partnerApi,
    destinationApi,
    listApi,
    answerApi,
    mailTemplateApi,
    secretApi,
    logApi,
    queueApi,
    wsdlApi,
  ]) {
    api.route(base, resource)
  }
  describeMore(api)
  api.notFound((c) => problem(404, `${c.req.method} ${c.req.path} is no call of this API.`))
  api.onError(failed)
  return api
}

/** The management API under `/api/v1`, and its document at `/api/openapi.json`. */
export const apiApp: Api = build()

let document: ReturnType<typeof generateDocument> | undefined

/** The OpenAPI 3.1 document, made once from the schemas that validate the requests. */
export function apiDocument(): ReturnType<typeof generateDocument> {
  document ??= generateDocument(apiApp)
  return document
}
