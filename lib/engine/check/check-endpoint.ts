import type { z } from 'zod'
import type { Auth, Endpoint } from '../schema'
import { type Place, under } from './place'
import type { Problems } from './problems'

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
