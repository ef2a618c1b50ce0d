import { randomBytes } from 'node:crypto'
import { hidden, type OutgoingRequest, type Secret, withSecurity } from '../engine'

type Body = Pick<OutgoingRequest, 'body' | 'security'>
/** What a WS-Security header is made of beside the user name; the same for what is sent and for what is kept. */
export type SecurityToken = { password: string; nonce: Buffer; createdMs: number }

/** A token for a SOAP message that has a WS-Security header; `text` opens its password. */
export const securityToken = ({ security }: Body, text: (secret: Secret) => string): SecurityToken | undefined =>
  security && { password: text(security.password), nonce: randomBytes(16), createdMs: Date.now() }

/** Puts the WS-Security header into a SOAP message that has one; any other body stays as it is. */
export const secured = ({ body, security }: Body, token: SecurityToken | undefined): string =>
  security && token ? withSecurity(body, security, token) : body

/** The same for show: the password, and a digest that it could be guessed from, are not for keeping. */
export const shownSecured = (request: Body, token: SecurityToken | undefined): string =>
  token
    ? secured(request, token).replace(/(<wsse:Password [^>]*>)[^<]*/, (_, tag: string) => `${tag}${hidden}`)
    : request.body
