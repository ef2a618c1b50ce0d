import { createHash } from 'node:crypto'
import type { Secret } from '../engine'
import { log } from '../log'
import { once } from '../runtime'
import { withRotatingSecret } from '../secrets'
import { type OAuth, requestToken, type TokenAnswer } from './token-request'

export type { OAuth }

/** A token to send, or why there is none. `isNew`: it did not come from the cache. */
export type Token =
  | { ok: true; text: string; expiresAt: number; isNew: boolean }
  | { ok: false; words: string; isRefused: boolean }

type Answered = Exclude<Token, { ok: true }> | { ok: true; text: string; expiresAt: number }
type Failure = { words: string; isRefused: boolean; times: number; until: number }
type Held = { token?: { text: string; expiresAt: number }; underWay?: Promise<Answered>; failure?: Failure }

const maxHeld = 5_000
const longestCallMs = 20_000
const leewayMs = 60_000
const firstPauseMs = 1_000
const longestPauseMs = 60_000

/** Tokens of this process by account, token server and credential. They are kept nowhere else, and never in clear on a disk. */
const tokens = () => once('access-tokens', () => new Map<string, Held>())
const keys = new WeakMap<OAuth, string>()

function keyOf(accountId: string, auth: OAuth): string {
  let key = keys.get(auth)
  if (!key) {
    key = createHash('sha256').update(JSON.stringify(auth)).digest('base64url')
    keys.set(auth, key)
  }
  return `${accountId} ${key}`
}

function heldFor(accountId: string, auth: OAuth): Held {
  const key = keyOf(accountId, auth)
  const known = tokens().get(key)
  if (known) return known
  const [oldest] = tokens().keys()
  if (tokens().size >= maxHeld && oldest !== undefined) tokens().delete(oldest)
  const made: Held = {}
  tokens().set(key, made)
  return made
}

/**
 * The access token of an OAuth credential: the cached one, or a new one from its token server. Those who need it at the
 * same time share one call; after a failure they share it too, for 1 s and twice as long each time, up to a minute.
 * @param text gives the text of one of the credential's secrets.
 * @param endsAt the caller's deadline, by `performance.now()`.
 */
export async function accessToken(
  accountId: string,
  auth: OAuth,
  text: (secret: Secret) => string,
  endsAt: number,
): Promise<Token> {
  const held = heldFor(accountId, auth)
  const now = performance.now()
  if (held.token && held.token.expiresAt > now) return { ok: true, ...held.token, isNew: false }
  if (held.failure && held.failure.until > now) return { ok: false, ...held.failure }
  // Whoever waits stops at its own deadline; the call goes on, since it may have used up a refresh token.
  held.underWay ??= renew(held, accountId, auth, text).finally(() => {
    delete held.underWay
  })
  const got = await inTime(held.underWay, endsAt)
  return got.ok ? { ...got, isNew: true } : got
}

/** A token for the asking, past the cache and its failures. For a person who tries the credential out. */
export function newAccessToken(
  accountId: string,
  auth: OAuth,
  text: (secret: Secret) => string,
  timeoutMs: number,
): Promise<Token> {
  const held = heldFor(accountId, auth)
  delete held.token
  delete held.failure
  return accessToken(accountId, auth, text, performance.now() + timeoutMs)
}

/** The buyer does not take this token any more. One that came in its place stays. */
export function forgetToken(accountId: string, auth: OAuth, refused: string): void {
  const held = heldFor(accountId, auth)
  if (held.token?.text === refused) delete held.token
}

const late = 'The token server did not answer in time'

async function inTime(underWay: Promise<Answered>, endsAt: number): Promise<Answered> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<Answered>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, endsAt - performance.now()), { ok: false, words: late, isRefused: false })
  })
  const got = await Promise.race([underWay, tooLate])
  clearTimeout(timer)
  return got
}

async function renew(held: Held, accountId: string, auth: OAuth, text: (secret: Secret) => string): Promise<Answered> {
  const answer = await ask(accountId, auth, text).catch((error: unknown): TokenAnswer => {
    log.error({ err: error, accountId }, 'an access token could not be asked for')
    return { ok: false, words: 'The refresh token could not be used. Give it again.', isRefused: false }
  })
  const now = performance.now()
  if (!answer.ok) {
    const times = (held.failure?.times ?? 0) + 1
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (times - 1))
    held.failure = { words: answer.words, isRefused: answer.isRefused, times, until: now + pauseMs }
    return answer
  }
  delete held.failure
  const lifeMs = answer.expiresInSeconds * 1_000
  held.token = { text: answer.accessToken, expiresAt: now + lifeMs - Math.min(leewayMs, lifeMs / 10) }
  return { ok: true, ...held.token }
}

/** A refresh token may be replaced by the answer to its use, so its uses follow each other, in all processes. */
function ask(accountId: string, auth: OAuth, text: (secret: Secret) => string): Promise<TokenAnswer> {
  if (auth.type === 'oauth2_client_credentials') {
    return requestToken(accountId, auth, text, { timeoutMs: longestCallMs })
  }
  return withRotatingSecret(accountId, auth.refresh_token, longestCallMs, async (refreshToken, leftMs) => {
    const answer = await requestToken(accountId, auth, text, { refreshToken, timeoutMs: leftMs })
    return { value: answer, ...(answer.ok && answer.refreshToken && { next: answer.refreshToken }) }
  })
}
