import { env } from '../../env'
import { type Issue, type Refusal, statusOf } from '../../errors'

const kinds: Record<number, { type: string; title: string }> = {
  400: { type: 'unreadable', title: 'The request could not be read' },
  401: { type: 'unauthenticated', title: 'No valid API key' },
  403: { type: 'forbidden', title: 'Not allowed' },
  404: { type: 'not-found', title: 'Not found' },
  409: { type: 'conflict', title: 'Not possible in the present state' },
  413: { type: 'too-large', title: 'The body is too large' },
  415: { type: 'unsupported-media-type', title: 'The body is not JSON' },
  422: { type: 'invalid', title: 'Some of what was sent is not right' },
  429: { type: 'rate-limited', title: 'Too many requests' },
  500: { type: 'unexpected', title: 'Something went wrong on our side' },
  503: { type: 'unavailable', title: 'Not available at the moment' },
}

/** Every refusal of the API: its status, the word in its `type`, and its title. */
export const problemKinds = Object.entries(kinds).map(([status, kind]) => ({ status: Number(status), ...kind }))

/** A refusal as `application/problem+json` (RFC 9457) with every problem's path. `type` leads to the API reference. */
export function problem(
  status: number,
  detail: string,
  given: { errors?: Issue[]; headers?: Record<string, string> } = {},
): Response {
  const { type, title } = kinds[status] ?? { type: 'unexpected', title: 'Something went wrong on our side' }
  const body = { type: `${env().baseUrl}/api/docs#problem-${type}`, title, status, detail, errors: given.errors ?? [] }
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...given.headers },
  })
}

/** A verb's refusal as its status. `nameOf` turns the verb's paths into those of the request. */
export function refused(refusal: Refusal, nameOf: (path: string) => string = (path) => path): Response {
  const errors = (refusal.issues ?? []).map(({ path, message }) => ({ path: nameOf(path), message }))
  const { retryAfterSeconds } = refusal
  return problem(statusOf(refusal), refusal.message, {
    errors,
    ...(retryAfterSeconds !== undefined && { headers: { 'retry-after': String(retryAfterSeconds) } }),
  })
}
