/** One thing wrong with an input: where (dotted path, array indexes as numbers) and what to do about it. */
export type Issue = { path: string; message: string }

/**
 * The seven reasons a verb may refuse, and nothing else. `kind` decides the HTTP status in one place
 * (`statusOf`); `message` is written for the person who asked: what was wrong and what to do.
 */
export type Refusal = {
  kind: 'unauthenticated' | 'forbidden' | 'not-found' | 'conflict' | 'invalid' | 'rate-limited' | 'unavailable'
  message: string
  issues?: Issue[]
  retryAfterSeconds?: number
}

const statuses = {
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  invalid: 422,
  'rate-limited': 429,
  unavailable: 503,
} as const satisfies Record<Refusal['kind'], number>

/** HTTP status of a refusal, as `api.md` §3 fixes it. */
export const statusOf = (refusal: Refusal) => statuses[refusal.kind]

/** Someone else's id and an id that never was get the same words, so that neither can be told from the other. */
export const notFound = (what: string): Refusal => ({ kind: 'not-found', message: `${what} was not found.` })
export const forbidden = (message: string): Refusal => ({ kind: 'forbidden', message })
export const conflict = (message: string, issues?: Issue[]): Refusal => ({
  kind: 'conflict',
  message,
  ...(issues && { issues }),
})
export const invalid = (message: string, issues: Issue[] = []): Refusal => ({ kind: 'invalid', message, issues })
export const rateLimited = (message: string, retryAfterSeconds: number): Refusal => ({
  kind: 'rate-limited',
  message,
  retryAfterSeconds,
})
export const unavailable = (message: string, retryAfterSeconds = 1): Refusal => ({
  kind: 'unavailable',
  message,
  retryAfterSeconds,
})
