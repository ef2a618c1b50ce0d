import type { Auth } from '@/lib/engine/schema'

/** The ways to prove who sends a lead, in words. */
export const authWords: Record<Auth['type'], string> = {
  none: 'None',
  basic: 'User name and password',
  bearer: 'Bearer token',
  api_key: 'API key',
  custom: 'Custom headers',
  oauth2_client_credentials: 'OAuth 2 client credentials',
  oauth2_refresh_token: 'OAuth 2 refresh token',
}

/** What each of them means. */
export const authHints: Record<Auth['type'], string> = {
  none: 'Whoever knows the address may send. Fine for a first try.',
  basic: 'Also called basic authentication.',
  bearer: 'Sent as Authorization: Bearer; also called an access token.',
  api_key: 'In a header such as X-Api-Key, in the address, or in the body.',
  custom: 'One or more headers of the receiver’s own, each kept encrypted.',
  oauth2_client_credentials: 'A token is got with a client id and secret, and renewed before it ends.',
  oauth2_refresh_token: 'A token is got with a refresh token; a new refresh token is kept by itself.',
}

export function blankAuth(type: Auth['type']): Auth {
  switch (type) {
    case 'none':
      return { type }
    case 'basic':
      return { type, username: '', password: '' }
    case 'bearer':
      return { type, token: '' }
    case 'api_key':
      return { type, in: 'header', header: 'X-Api-Key', key: '' }
    case 'custom':
      return { type, headers: {} }
    case 'oauth2_client_credentials':
      return { type, token_url: '', client_id: '', client_secret: '' }
    case 'oauth2_refresh_token':
      return { type, token_url: '', client_id: '', refresh_token: '' }
  }
}
