import { type Auth, hidden, type Secret } from '../engine'

type Header = { name: string; value: string; shown: string }

/** What proves who we are: headers and a parameter of the query, each with how it is shown, and what must never be. */
export type Credential = { headers: Header[]; parameter?: Header; secrets: string[] }

/** The kinds whose secret goes out as it is; those of OAuth have to get a token first. */
export type FixedAuth = Exclude<Auth, { token_url: string }>

export const isFixed = (auth: Auth): auth is FixedAuth => !('token_url' in auth)

export const noCredential: Credential = { headers: [], secrets: [] }

const inHeader = (name: string, value: string, shown: string, secrets: string[]): Credential => ({
  headers: [{ name, value, shown }],
  secrets,
})

/** An access token or any other that is sent as `Authorization: Bearer`. */
export const bearer = (token: string): Credential =>
  inHeader('Authorization', `Bearer ${token}`, `Bearer ${hidden}`, [token])

/** RFC 7617: user name and password, UTF-8. */
function basic(username: string, password: string): Credential {
  const pair = Buffer.from(`${username}:${password}`, 'utf8').toString('base64')
  return inHeader('Authorization', `Basic ${pair}`, `Basic ${hidden}`, [password, pair])
}

type ApiKey = Extract<Auth, { type: 'api_key' }>

function apiKey({ in: where = 'header', header, parameter }: ApiKey, key: string): Credential {
  if (where === 'header') return inHeader(header ?? 'X-Api-Key', key, hidden, [key])
  // in the body it was placed where the body was made
  if (where === 'body') return { headers: [], secrets: [key] }
  return { headers: [], parameter: { name: parameter ?? 'api_key', value: key, shown: hidden }, secrets: [key] }
}

/** The credential of a request; `text` gives the text of one of its secrets. */
export function credentialOf(auth: FixedAuth, text: (secret: Secret) => string): Credential {
  switch (auth.type) {
    case 'none':
      return noCredential
    case 'basic':
      return basic(auth.username, text(auth.password))
    case 'bearer':
      return bearer(text(auth.token))
    case 'api_key':
      return apiKey(auth, text(auth.key))
    case 'custom': {
      const headers = Object.entries(auth.headers).map(([name, secret]) => ({
        name,
        value: text(secret),
        shown: hidden,
      }))
      return { headers, secrets: headers.map(({ value }) => value) }
    }
  }
}
