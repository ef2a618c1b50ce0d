import { env } from '../env'

/** Failures that the guard itself finds. Sockets, TLS and undici name theirs by `code`. */
type EgressCode =
  | 'address-refused'
  | 'name-unknown'
  | 'name-timeout'
  | 'names-busy'
  | 'connect-timeout'
  | 'tls-timeout'
  | 'socket-moved'
  | 'stopped'

/** An error that `wordsOfFailure` knows by its code. */
export const egressFailure = (code: EgressCode): Error & { code: string } => Object.assign(new Error(code), { code })

const firewall = (): string => {
  const ips = env().BATON_EGRESS_IPS.trim()
  return ips ? ` A firewall may be blocking it: allow ${ips}.` : ' A firewall may be blocking it.'
}

const certificate = 'The certificate of the server is not valid'
/** None of these names a host, a path or an address: a seller reads them about a buyer's destination too. */
const words: Record<string, string | (() => string)> = {
  'address-refused': 'The address is private or reserved, so it was not called.',
  'socket-moved': 'The address is private or reserved, so it was not called.',
  'name-unknown': 'The name of the server could not be found.',
  'name-timeout': 'The name of the server could not be looked up in time.',
  'names-busy': 'Too many names of servers are being looked up. Try again in a moment.',
  'tls-timeout': 'No secure connection could be made in time.',
  stopped: 'Baton was stopping, so the request was not sent.',
  'connect-timeout': () => `The server did not accept a connection in time.${firewall()}`,
  ETIMEDOUT: () => `The server did not accept a connection in time.${firewall()}`,
  ECONNREFUSED: () => `The server refused the connection.${firewall()}`,
  ECONNRESET: () => `The server closed the connection before the request was sent.${firewall()}`,
  EPIPE: () => `The server closed the connection before the request was sent.${firewall()}`,
  EHOSTUNREACH: 'There is no way to the server.',
  ENETUNREACH: 'There is no way to the server.',
  EMFILE: 'Too many connections are open. Try again in a moment.',
  EADDRNOTAVAIL: 'Too many connections are open. Try again in a moment.',
  CERT_HAS_EXPIRED: `${certificate}: it has expired.`,
  CERT_NOT_YET_VALID: `${certificate} yet.`,
  DEPTH_ZERO_SELF_SIGNED_CERT: `${certificate}: it is signed by itself.`,
  SELF_SIGNED_CERT_IN_CHAIN: `${certificate}: it is signed by an authority that nobody knows.`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: `${certificate}: an intermediate certificate is missing.`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: `${certificate}: an intermediate certificate is missing.`,
  ERR_TLS_CERT_ALTNAME_INVALID: `${certificate}: it was made for another name.`,
  UND_ERR_INVALID_ARG: 'The request could not be built: a header or the path has characters that can’t be sent.',
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Why a request was proven not sent, in words for a person who may have to ask the buyer to mend it. */
export function wordsOfFailure(error: unknown): string {
  const code = codeOf(error)
  const found = words[code]
  if (typeof found === 'function') return found()
  if (found) return found
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO')
    return 'No secure connection could be made with the server.'
  if (/^(CERT|CRL|HOSTNAME|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|UNABLE_TO)/.test(code)) return `${certificate}.`
  return 'No connection could be made with the server.'
}

/** Why no usable answer came after the request may have been written. */
export function wordsOfBrokenAnswer(error: unknown, answerBegun: boolean): string {
  const code = codeOf(error)
  if (error instanceof Error && error.name === 'HTTPParserError') return 'What the server answered is not valid HTTP.'
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return 'The headers of the answer are too large.'
  if (answerBegun) return 'The server closed the connection in the middle of its answer.'
  return 'The server closed the connection without an answer.'
}
