import type { z } from 'zod'
import { compileUrl } from '../delivery/url'
import type { Names } from '../names/references'
import { requestNames } from '../names/secret-names'
import { type Auth, type DestinationConfig, Endpoint, type Secret } from '../schema'
import { checkSecrets } from './check-secrets'
import { type Place, under } from './place'
import type { Problems } from './problems'

type EndpointParts = z.infer<typeof Endpoint>

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
  'x-baton-batch-id',
  'x-baton-batch-size',
  'user-agent',
])

function headersOfAuth(auth: Auth): string[] {
  if (auth.type === 'api_key') return (auth.in ?? 'header') === 'header' && auth.header ? [auth.header] : []
  return auth.type === 'custom' ? Object.keys(auth.headers) : []
}

function headersOfSigning({ signing }: EndpointParts): string[] {
  if (!signing) return []
  if (signing.type === 'standard_webhooks') return ['webhook-id', 'webhook-timestamp', 'webhook-signature']
  return [signing.header, signing.timestamp_header ?? '']
}

const lower = (names: string[]): Set<string> => new Set(names.map((name) => name.toLowerCase()))

/** Why a header of this name can't be set by hand. */
function takenBy(name: string, source: string, ofAuth: Set<string>, ofSigning: Set<string>): string | undefined {
  const key = name.toLowerCase()
  if (forbiddenHeaders.has(key)) return `${name} header is not allowed; it is set for you.`
  if (ofSigning.has(key)) return `The signature sets ${name}.`
  if (ofAuth.has(key) || (key === 'authorization' && !/\{\{-?\s*secret\b/.test(source)))
    return `Set ${name} under authentication, where it is kept encrypted.`
  return undefined
}

function checkHeaders(endpoint: EndpointParts, names: Names, to: Problems, { path, stepId }: Place): void {
  const [ofAuth, ofSigning] = [lower(headersOfAuth(endpoint.auth)), lower(headersOfSigning(endpoint))]
  for (const [name, source] of Object.entries(endpoint.headers)) {
    const at = under(path, `headers.${name}`)
    const taken = takenBy(name, source, ofAuth, ofSigning)
    if (taken) to.add('error', at, taken, stepId)
    to.addTemplate(source, names, at, stepId)
  }
}

/** What goes to this very machine (the sandbox of a first run) passes nobody on the way. */
const staysHere = /^http:\/\/(localhost|127\.[\d.]+|\[::1\])([:/?#]|$)/i
const isPlain = (url: string): boolean => /^http:/i.test(url) && !staysHere.test(url)

function checkUrl(url: string, names: Names, to: Problems, { path, stepId }: Place): void {
  const at = under(path, 'url')
  if (isPlain(url))
    to.add('warning', at, 'Leads are sent unencrypted: anyone on the way can read them. Use https://.', stepId)
  for (const { severity, message } of compileUrl(url, names).problems) to.add(severity, at, message, stepId)
}

type Add = (key: string, message: string) => void

function checkKey(auth: Extract<Auth, { type: 'api_key' }>, method: EndpointParts['method'], add: Add): void {
  const where = auth.in ?? 'header'
  if (where === 'header') {
    if (!auth.header) add('header', 'Name the header that carries the key.')
    return
  }
  if (!auth.parameter) add('parameter', 'Name the parameter that carries the key.')
  if (where === 'body' && method === 'GET') add('in', 'A GET request has no body. Send the key in the query.')
}

function checkCustom(headers: Record<string, Secret>, add: Add): void {
  const names = Object.keys(headers)
  if (names.length === 0) add('headers', 'Add a header, or choose another authentication.')
  for (const name of names) {
    if (forbiddenHeaders.has(name.toLowerCase())) add(`headers.${name}`, `${name} is set for you.`)
  }
}

function checkAuth({ auth, method }: EndpointParts, to: Problems, { path, stepId }: Place): void {
  const add: Add = (key, message) => to.add('error', under(path, `auth.${key}`), message, stepId)
  if (auth.type === 'api_key') checkKey(auth, method, add)
  if (auth.type === 'custom') checkCustom(auth.headers, add)
  if ('token_url' in auth && isPlain(auth.token_url)) {
    add('token_url', 'The client secret would be sent unencrypted. Use https://.')
  }
}

function checkSigning({ signing }: EndpointParts, to: Problems, { path, stepId }: Place): void {
  if (signing?.type !== 'hmac') return
  const add = (key: string, message: string) => to.add('error', under(path, `signing.${key}`), message, stepId)
  if (signing.signs === 'timestamp.body' && !signing.timestamp_header)
    add('timestamp_header', 'Name the header that carries the time: without it nobody can check the signature.')
  if (forbiddenHeaders.has(signing.header.toLowerCase())) add('header', `${signing.header} is set for you.`)
}

/** What to mend in where a request goes and how it proves itself. */
export function checkEndpoint(endpoint: EndpointParts, to: Problems, place: Place): void {
  const names = requestNames(place.names)
  checkUrl(endpoint.url, names, to, place)
  checkSecrets(Endpoint, endpoint, to, { ...place, names })
  checkAuth(endpoint, to, place)
  checkSigning(endpoint, to, place)
  checkHeaders(endpoint, names, to, place)
}

/** A key that goes into the body needs a body that is made of mappings, and a name that is free in it. */
export function checkKeyInBody(
  { endpoint: { auth }, request }: Pick<DestinationConfig, 'endpoint' | 'request'>,
  to: Problems,
  { path, stepId }: Place,
): void {
  if (auth.type !== 'api_key' || auth.in !== 'body' || !auth.parameter) return
  const at = under(path, 'auth.parameter')
  if (request.body !== undefined || request.format === 'text')
    to.add('error', at, 'The body is written by hand: put the key there as {{secret.NAME}}.', stepId)
  if (Object.hasOwn(request.mappings, auth.parameter))
    to.add('error', at, `“${auth.parameter}” is mapped already.`, stepId)
}
