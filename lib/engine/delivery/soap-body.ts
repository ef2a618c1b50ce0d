import { minuteMs } from '../../time'
import { isoTime } from '../fields/calendar'
import type { Request } from '../schema'
import { digestOf } from '../templates/filters'
import type { SoapSecurity } from '../types'
import type { Placed } from './targets'
import { type XmlRoot, xmlDeclaration, xmlElement, xmlElements } from './xml-body'
import { xmlAttribute, xmlName, xmlText } from './xml-text'

type Soap = NonNullable<Request['soap']>
type Version = 'soap11' | 'soap12'

const envelopeNamespaces: Record<Version, string> = {
  soap11: 'http://schemas.xmlsoap.org/soap/envelope/',
  soap12: 'http://www.w3.org/2003/05/soap-envelope',
}

/** The element around the arguments. With a prefix only it is in the namespace; else its children are too. */
function operationOf({ operation = '', namespace, prefix }: Soap): XmlRoot {
  const local = xmlName(operation.trim() || 'Request')
  const space = namespace?.trim()
  if (!space) return { name: local, attributes: '' }
  const uri = xmlAttribute(space)
  const before = prefix?.trim()
  if (!before || local.includes(':')) {
    const declared = local.includes(':') ? `xmlns:${local.split(':')[0]}` : 'xmlns'
    return { name: local, attributes: ` ${declared}="${uri}"` }
  }
  const named = xmlName(before.replaceAll(':', ''))
  return { name: `${named}:${local}`, attributes: ` xmlns:${named}="${uri}"` }
}

type Envelope = {
  body: string
  /** Where in the body the security header goes, when there is one. */
  securityAt?: number
}

/** Makes a SOAP message ready: arguments and header elements come placed, the security header is put in by delivery. */
export function envelopeOf(
  version: Version,
  soap: Soap,
): (args: readonly Placed[], headers: readonly Placed[]) => Envelope {
  const operation = operationOf(soap)
  const texts = new Set((soap.text_arguments ?? []).map((path) => path.trim()))
  const isText = (path: string) => texts.has(path)
  const opened = `${xmlDeclaration}\n<soap:Envelope xmlns:soap="${envelopeNamespaces[version]}">`
  const secured = soap.security !== undefined
  return (args, headers) => {
    const inHeader = xmlElements(headers)
    const header = secured || inHeader !== '' ? `<soap:Header>${inHeader}</soap:Header>` : ''
    const body = `${opened}${header}<soap:Body>${xmlElement(operation, args, isText)}</soap:Body></soap:Envelope>`
    return secured ? { body, securityAt: opened.length + '<soap:Header>'.length } : { body }
  }
}

/** Headers that name the action: SOAP 1.1 has one of its own, 1.2 a parameter of Content-Type. */
export function actionHeaders(version: Version, soap: Soap | undefined, contentType: string): Record<string, string> {
  const action = soap?.action?.trim() ?? ''
  const quoted = `"${action.replaceAll(/["\r\n]/g, '')}"`
  if (version === 'soap11') return { 'Content-Type': contentType, SOAPAction: quoted }
  const named = action === '' || /;\s*action=/i.test(contentType) ? contentType : `${contentType}; action=${quoted}`
  return { 'Content-Type': named }
}

const wss = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss'
const secext = `${wss}-wssecurity-secext-1.0.xsd`
const utility = `${wss}-wssecurity-utility-1.0.xsd`
const profile = `${wss}-username-token-profile-1.0`

const lifetimeMs = 5 * minuteMs

/** What makes a token one of its own: the opened password, fresh bytes and the time in Unix milliseconds. */
export type TokenParts = { password: string; nonce: Uint8Array; createdMs: number }

/** Of nonce, time and password, in base64 (OASIS WSS UsernameToken Profile 1.0, PasswordDigest). */
function passwordDigest(nonce: Uint8Array, created: string, password: string): string {
  const rest = new TextEncoder().encode(created + password)
  const bytes = new Uint8Array(nonce.length + rest.length)
  bytes.set(nonce)
  bytes.set(rest, nonce.length)
  return digestOf('sha1', bytes, 'base64')
}

function securityHeader({ username, digest }: SoapSecurity, { password, nonce, createdMs }: TokenParts): string {
  const [created, expires] = [isoTime(createdMs), isoTime(createdMs + lifetimeMs)]
  const proof = digest ? passwordDigest(nonce, created, password) : password
  return [
    `<wsse:Security xmlns:wsse="${secext}" xmlns:wsu="${utility}" soap:mustUnderstand="1">`,
    `<wsu:Timestamp><wsu:Created>${created}</wsu:Created><wsu:Expires>${expires}</wsu:Expires></wsu:Timestamp>`,
    `<wsse:UsernameToken><wsse:Username>${xmlText(username)}</wsse:Username>`,
    `<wsse:Password Type="${profile}#Password${digest ? 'Digest' : 'Text'}">${xmlText(proof)}</wsse:Password>`,
    `<wsse:Nonce EncodingType="${wss}-soap-message-security-1.0#Base64Binary">${Buffer.from(nonce).toString('base64')}</wsse:Nonce>`,
    `<wsu:Created>${created}</wsu:Created></wsse:UsernameToken></wsse:Security>`,
  ].join('')
}

/** The body of a SOAP request with its WS-Security header: a timestamp and a user name token. */
export function withSecurity(body: string, security: SoapSecurity & { at: number }, token: TokenParts): string {
  return body.slice(0, security.at) + securityHeader(security, token) + body.slice(security.at)
}
