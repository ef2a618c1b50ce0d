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
  | 'identity-unusable'
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
  'identity-unusable': 'The client certificate or its private key can’t be used. Give both again.',
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
  SELF_SIGNED_CERT_IN_CHAIN: `${certificate}: it is signed by an authority that is not known. Give that authority’s certificate with the client certificate, if you trust it.`,
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
  if (refusedCertificates.test(code)) return wordsOfRefusal(code)
  if (code === 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' || code === 'ERR_SSL_UNSUPPORTED_PROTOCOL')
    return 'The server and Baton have no version of TLS in common. Baton speaks 1.2 and 1.3.'
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER') return 'The server does not speak https at this address and port.'
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO')
    return 'No secure connection could be made with the server.'
  if (/^(CERT|CRL|HOSTNAME|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|UNABLE_TO)/.test(code)) return `${certificate}.`
  return 'No connection could be made with the server.'
}

/**
 * Alerts with which a server ends a handshake over the client's certificate. In TLS 1.3 (RFC 8446 §4.4.2.4, §6.2) they
 * come after the client may have written, and before the server reads what it wrote.
 */
const refusedCertificates =
  /^ERR_SSL_\w*ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_REVOKED|CERTIFICATE_EXPIRED|CERTIFICATE_UNKNOWN|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE_FAILURE)$/

/** True when a server let go of a new connection because of who called. */
export const isRefusedCertificate = (error: unknown): boolean => refusedCertificates.test(codeOf(error))

const certificateWords: [pattern: RegExp, words: string][] = [
  [/CERTIFICATE_REQUIRED$/, 'The server wants a client certificate. Add one to this connection.'],
  [/CERTIFICATE_EXPIRED$/, 'The server refused the client certificate: it has expired.'],
  [/CERTIFICATE_REVOKED$/, 'The server refused the client certificate: it was revoked.'],
  [/UNKNOWN_CA$/, 'The server refused the client certificate: it does not know who signed it.'],
  [
    /HANDSHAKE_FAILURE$/,
    'The server ended the secure connection. It may want a client certificate, or another version of TLS.',
  ],
]

const wordsOfRefusal = (code: string): string =>
  certificateWords.find(([pattern]) => pattern.test(code))?.[1] ?? 'The server refused the client certificate.'

/** Why no usable answer came after the request may have been written. */
export function wordsOfBrokenAnswer(error: unknown, answerBegun: boolean): string {
  const code = codeOf(error)
  if (error instanceof Error && error.name === 'HTTPParserError') return 'What the server answered is not valid HTTP.'
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return 'The headers of the answer are too large.'
  if (answerBegun) return 'The server closed the connection in the middle of its answer.'
  return 'The server closed the connection without an answer.'
}
