import type { Auth, Secret } from '../engine'
import { sendGuarded } from '../http'
import { redactor } from './redact'

export type OAuth = Extract<Auth, { token_url: string }>

/** What a token server gave, or why not in words. `isRefused`: it answered, and it will answer the same again. */
export type TokenAnswer =
  | { ok: true; accessToken: string; expiresInSeconds: number; refreshToken?: string }
  | { ok: false; words: string; isRefused: boolean }

const maxBytes = 64 * 1024
const usualSeconds = 300
const longestWords = 300

type Form = { headers: Record<string, string>; body: string; secrets: string[] }

/** The form of RFC 6749 §4.4.2 or §6, the client's credentials where the server wants them (§2.3.1). */
function formOf(auth: OAuth, text: (secret: Secret) => string, refreshToken?: string): Form {
  const secret = auth.client_secret === undefined ? undefined : text(auth.client_secret)
  const isBasic = auth.credentials_in === 'basic' && secret !== undefined
  const fields: Record<string, string | undefined> = {
    grant_type: refreshToken === undefined ? 'client_credentials' : 'refresh_token',
    refresh_token: refreshToken,
    scope: auth.scope || undefined,
    audience: auth.type === 'oauth2_client_credentials' ? auth.audience || undefined : undefined,
    ...(!isBasic && { client_id: auth.client_id, client_secret: secret }),
  }
  const pairs = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  const pair = isBasic ? `${encodeURIComponent(auth.client_id)}:${encodeURIComponent(secret)}` : ''
  return {
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Accept: 'application/json',
      ...(isBasic && { Authorization: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` }),
    },
    body: new URLSearchParams(pairs).toString(),
    secrets: [secret ?? '', refreshToken ?? ''],
  }
}

function fieldsOf(body: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body)
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
  } catch {
    return {}
  }
}

const words = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** RFC 6749 §5.2: `error` and its description, which are for people. */
function refusalIn(status: number, fields: Record<string, unknown>): string {
  const [code, description] = [words(fields['error']), words(fields['error_description'])]
  return `The token server answered ${status}${code && ` ${code}`}${description && `: ${description}`}`
}

function readToken(status: number, body: string): TokenAnswer {
  const fields = fieldsOf(body)
  const refused = (text: string, isRefused: boolean): TokenAnswer => ({ ok: false, words: text, isRefused })
  const isRefused = status >= 400 && status < 500 && status !== 408 && status !== 429
  if (status !== 200 && status !== 201) return refused(refusalIn(status, fields), isRefused)
  const accessToken = words(fields['access_token'])
  if (accessToken === '') {
    const what =
      fields['error'] === undefined ? 'The token server answered without an access_token' : refusalIn(status, fields)
    return refused(what, true)
  }
  const type = words(fields['token_type'])
  if (type !== '' && type.toLowerCase() !== 'bearer')
    return refused(`The token server gave a token of type ${type}; only Bearer can be sent`, true)
  const seconds = Number(fields['expires_in'])
  const refreshToken = words(fields['refresh_token'])
  return {
    ok: true,
    accessToken,
    expiresInSeconds: Number.isFinite(seconds) && seconds > 0 ? seconds : usualSeconds,
    ...(refreshToken && { refreshToken }),
  }
}

/** Asks a token server once, through the egress guard. Never throws; its words hold no secret. */
export async function requestToken(
  accountId: string,
  auth: OAuth,
  text: (secret: Secret) => string,
  { refreshToken, timeoutMs }: { refreshToken?: string; timeoutMs: number },
): Promise<TokenAnswer> {
  const { headers, body, secrets } = formOf(auth, text, refreshToken)
  const { answer } = await sendGuarded({
    url: auth.token_url,
    method: 'POST',
    headers: { ...headers, 'User-Agent': 'Baton/0.1' },
    body,
    timeoutMs,
    maxBytes,
    scope: `${accountId} token`,
  })
  const read: TokenAnswer =
    answer.kind === 'answer'
      ? readToken(answer.status, answer.body)
      : { ok: false, words: `No token could be had. ${answer.message}`, isRefused: false }
  if (read.ok) return read
  return { ...read, words: redactor(secrets)(read.words).slice(0, longestWords) }
}
