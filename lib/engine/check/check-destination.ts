import type { z } from 'zod'
import { conflictsOf } from '../delivery/body'
import { pathParts } from '../delivery/paths'
import { destinationNames } from '../flow/render-request'
import { findReference, type Names } from '../names/references'
import type { Auth, DestinationConfig, Endpoint, Request, ResponseSpec } from '../schema'
import type { Problem } from '../types'
import { Problems } from './problems'

type Place = { path: string; names: Names; stepId?: string | undefined }

const under = (path: string, rest: string) => (path === '' ? rest : `${path}.${rest}`)

/** Set by the connection itself: a value of one's own would break the request. */
const forbiddenHeaders = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'accept-encoding',
  'content-encoding',
  'idempotency-key',
  'x-baton-event-id',
  'x-baton-lead-id',
  'user-agent',
])

function checkHeaders(headers: Record<string, string>, auth: Auth, to: Problems, { path, names, stepId }: Place): void {
  for (const [name, source] of Object.entries(headers)) {
    const at = under(path, `headers.${name}`)
    const lower = name.toLowerCase()
    if (forbiddenHeaders.has(lower)) to.add('error', at, `${name} header is not allowed; it is set for you.`, stepId)
    if (lower === 'content-type' && !/json/i.test(source)) to.add('error', at, 'Content-Type must be JSON.', stepId)
    if (lower === 'authorization' || (auth.type === 'api_key' && auth.header.toLowerCase() === lower)) {
      to.add('error', at, `Set ${name} under authentication, where it is kept encrypted.`, stepId)
    }
    to.addTemplate(source, names, at, stepId)
  }
}

const secretOf = (auth: Auth) => {
  if (auth.type === 'basic') return { name: 'password', value: auth.password }
  if (auth.type === 'bearer') return { name: 'token', value: auth.token }
  return auth.type === 'api_key' ? { name: 'key', value: auth.key } : undefined
}

/** What goes to this very machine (the sandbox of a first run) passes nobody on the way. */
const staysHere = /^http:\/\/(localhost|127\.[\d.]+|\[::1\])([:/?#]|$)/i

export function checkEndpoint(endpoint: z.infer<typeof Endpoint>, to: Problems, place: Place): void {
  const { path, stepId } = place
  if (/^http:/i.test(endpoint.url) && !staysHere.test(endpoint.url)) {
    to.add(
      'warning',
      under(path, 'url'),
      'Leads are sent unencrypted: anyone on the way can read them. Use https://.',
      stepId,
    )
  }
  if (/\{\{|\{%|%7B%7B/i.test(endpoint.url))
    to.add('error', under(path, 'url'), 'An address can’t hold templates.', stepId)
  const secret = secretOf(endpoint.auth)
  if (secret && (typeof secret.value === 'string' ? secret.value.trim() : secret.value.secret) === '') {
    to.add('error', under(path, `auth.${secret.name}`), `Give the ${secret.name}.`, stepId)
  }
  checkHeaders(endpoint.headers, endpoint.auth, to, place)
}

type Mappings = Record<string, string | number | boolean>

function checkMappings(mappings: Mappings, at: string, to: Problems, { names, stepId }: Place): void {
  for (const { key, message } of conflictsOf(Object.keys(mappings))) to.add('error', `${at}.${key}`, message, stepId)
  for (const [key, source] of Object.entries(mappings)) to.addTemplate(source, names, `${at}.${key}`, stepId)
}

export function checkRequest(request: z.infer<typeof Request>, to: Problems, place: Place): void {
  const { path, names, stepId } = place
  const at = under(path, 'mappings')
  const conditional = request.conditional_mappings ?? []
  if (Object.keys(request.mappings).length === 0 && conditional.length === 0) {
    to.add('warning', at, 'Nothing is mapped: the buyer would get an empty object.', stepId)
  }
  checkMappings(request.mappings, at, to, place)
  for (const [index, { condition, mappings }] of conditional.entries()) {
    const here = under(path, `conditional_mappings.${index}`)
    to.addRule(condition, names, `${here}.condition`, stepId)
    checkMappings(mappings, `${here}.mappings`, to, place)
    const together = conflictsOf([...new Set([...Object.keys(request.mappings), ...Object.keys(mappings)])])
    for (const { key, message } of together) {
      if (Object.hasOwn(mappings, key)) to.add('error', `${here}.mappings.${key}`, message, stepId)
    }
  }
}

const pathNames = ['success_path', 'id_path', 'price_path', 'reason_path'] as const

export function checkResponse(
  response: z.infer<typeof ResponseSpec>,
  to: Problems,
  { path, stepId }: Omit<Place, 'names'>,
): void {
  const { success_codes: successes, error_codes: errors, parser } = response
  if (successes.length === 0)
    to.add('error', under(path, 'success_codes'), 'Without a success code no lead is ever accepted.', stepId)
  const both = errors?.find((code) => successes.includes(code))
  if (both !== undefined)
    to.add('error', under(path, 'error_codes'), `${both} can’t be a success and an error.`, stepId)
  for (const name of pathNames) {
    const value = parser?.[name]
    if (value === undefined || value === '' || pathParts(value)) continue
    to.add(
      'error',
      under(path, `parser.${name}`),
      `“${value}” is no path. Write names with dots between them, like data.status.`,
      stepId,
    )
  }
  if (parser?.success_value !== undefined && !parser.success_path) {
    to.add(
      'warning',
      under(path, 'parser.success_path'),
      'Without a path the whole answer is compared with the value.',
      stepId,
    )
  }
}

/** True when some mapping, header or condition sends the event id. */
export const mapsEventId = ({ endpoint, request }: Pick<DestinationConfig, 'endpoint' | 'request'>): boolean => {
  const conditional = request.conditional_mappings?.flatMap(({ mappings }) => Object.values(mappings)) ?? []
  const sources = [...Object.values(request.mappings), ...Object.values(endpoint.headers), ...conditional]
  return sources.some((source) => typeof source === 'string' && /\{[{%].*\bevent_id\b/s.test(source))
}

export const eventIdAdvice =
  'Feedback is allowed, but {{event_id}} is not mapped. The buyer also gets it in the header X-Baton-Event-Id, which is always sent; map it if the buyer keeps only what is in the body.'

/** Fields a buyer can't do without must be there to be mapped at all. */
function checkRequired(config: DestinationConfig, names: Names, to: Problems): void {
  const keys = new Set([
    ...Object.keys(config.request.mappings),
    ...(config.request.conditional_mappings ?? []).flatMap(({ mappings }) => Object.keys(mappings)),
  ])
  for (const [index, name] of config.required_fields.entries()) {
    if (keys.has(name)) continue
    const found = findReference(['lead', ...name.replace(/^lead\./, '').split('.')], names, 'template')
    const message = 'problem' in found ? found.problem : found.warning
    if (message) to.add('warning', `required_fields.${index}`, `${message} Every lead would be skipped.`)
  }
}

/**
 * What a buyer should mend in a destination before it is saved or tested; paths point into the configuration.
 * @param sharedFields what the seller shares, when it is known: reading anything else is reported.
 */
export function checkDestination(config: DestinationConfig, sharedFields?: readonly string[]): Problem[] {
  const to = new Problems()
  const names = destinationNames(sharedFields)
  checkEndpoint(config.endpoint, to, { path: 'endpoint', names })
  checkRequest(config.request, to, { path: 'request', names })
  checkResponse(config.response, to, { path: 'response' })
  checkRequired(config, names, to)
  if (!mapsEventId(config)) to.add('warning', 'request.mappings', eventIdAdvice)
  return to.found
}
