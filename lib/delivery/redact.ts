import { hidden, type OutgoingRequest, type RecordedRequest, type RecordedResponse } from '../engine'
import type { Credential } from './credential'
import type { DeliveryContext } from './prepare'

const maxBytes = 64 * 1024
/** A shorter text would be found all over by chance. */
const minLength = 4
const minEncoded = 8
const mostRemembered = 1_000
const masked = '<masked>'

const credentialWord = /(?:^|[-_.])(?:key|auth|pass|pwd|sig|signature|credentials?|session(?:[-_]?id)?)$/i
const credentialEnding = /(?:token|secret|password|passwd|api[-_]?key|access[-_]?key|authorization|cookie)$/i
const queryPair = /([?&])([^=&#]*)=([^&#]*)/g
const unstorable = /[\0\p{Surrogate}]/gu

/** Buyers and their headers are few, and asked about with each lead: what was found of the last names is kept. */
function remembering<Found>(find: (text: string) => Found): (text: string) => Found {
  const known = new Map<string, Found>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const found = find(text)
    if (known.size >= mostRemembered) known.clear()
    known.set(text, found)
    return found
  }
}

/** True for names of headers and parameters whose values are credentials. */
const isCredentialName = remembering(
  (name): boolean =>
    (credentialWord.test(name) || credentialEnding.test(name)) && name.toLowerCase() !== 'idempotency-key',
)

const xmlReferences: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const inXml = (text: string, signs: RegExp): string => text.replace(signs, (sign) => xmlReferences[sign] ?? sign)
const inUrl = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/**
 * The ways in which a text is written in JSON (with and without `\/`), in XML and in XML inside of XML, in URLs and
 * forms, and in JSON or XML that stands in a form.
 */
function spellings(text: string): string[] {
  if (/^[\w-]+$/.test(text)) return [text]
  const inJson = JSON.stringify(text).slice(1, -1)
  const xml = inXml(text, /[&<>]/g)
  const bodies = [inJson.replaceAll('/', '\\/'), inJson, xml, inXml(text, /[&<>"']/g), inXml(xml, /[&<>]/g), text]
  return [
    ...new Set([
      ...bodies,
      ...bodies.map(inUrl),
      encodeURIComponent(text.toWellFormed()),
      inUrl(text).replaceAll('%20', '+'),
    ]),
  ]
}

/** Base64 of a text wherever it stands in what was encoded: without the characters that its neighbours share. */
function inBase64(text: string): string[] {
  const found = [0, 1, 2].map((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(text, 'utf8')])
    return bytes.toString('base64').slice(Math.ceil((shift * 8) / 6), Math.floor((bytes.length * 8) / 6))
  })
  const forUrls = found.map((encoded) => encoded.replaceAll('+', '-').replaceAll('/', '_'))
  return [...new Set([...found, ...forUrls])].filter((encoded) => encoded.length >= minEncoded)
}

/** Values that what is kept must not show: the lead's own masked ones, and what the mapping made of them. */
export const maskedOf = (request: Pick<OutgoingRequest, 'masked'>, { masked = [] }: DeliveryContext): string[] =>
  request.masked ? [...masked, ...request.masked] : masked

export type Redactor = (text: string) => string

type Needle = { found: string; put: string }

/** What a secret looks like wherever an answer may echo it. */
const needlesOfSecret = remembering((secret): Needle[] =>
  secret.length < minLength ? [] : [...spellings(secret), ...inBase64(secret)].map((found) => ({ found, put: hidden })),
)

const needlesOfMasked = (value: string): Needle[] =>
  value.length < minLength ? [] : spellings(value).map((found) => ({ found, put: masked }))

const storable = (text: string): string =>
  text.isWellFormed() && !text.includes('\0') ? text : text.replace(unstorable, '\uFFFD')

/** Takes out what must not be kept: echoed credentials, values of masked fields, and what Postgres can't hold. */
export function redactor(secrets: string[], maskedValues: string[] = []): Redactor {
  const needles = [...secrets.flatMap(needlesOfSecret), ...maskedValues.flatMap(needlesOfMasked)].sort(
    (one, other) => other.found.length - one.found.length,
  )
  return (text) => {
    let clean = text
    for (const { found, put } of needles) if (clean.includes(found)) clean = clean.replaceAll(found, () => put)
    return storable(clean)
  }
}

const redactUrl = (url: string, redact: Redactor): string =>
  redact(
    url.includes('?')
      ? url.replace(queryPair, (pair, mark: string, name: string) =>
          isCredentialName(decodeName(name)) ? `${mark}${name}=${hidden}` : pair,
        )
      : url,
  )

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

function redactHeaders(
  headers: Record<string, string>,
  redact: Redactor,
  credential?: Credential,
): Record<string, string> {
  const clean: Record<string, string> = {}
  for (const name in headers) {
    const own = credential?.headers.find((header) => header.name === name)
    if (own) clean[name] = own.shown
    else clean[name] = isCredentialName(name) ? hidden : redact(headers[name] ?? '')
  }
  return clean
}

/** What fits beside the headers in 64 KiB; never in the middle of a character. */
function cutBody(body: string, headers: Record<string, string>): { body: string; truncated?: true } {
  let room = maxBytes
  for (const name in headers) room -= name.length + (headers[name]?.length ?? 0)
  if (body.length * 3 <= room) return { body }
  const bytes = Buffer.from(body, 'utf8')
  if (bytes.length <= room) return { body }
  return {
    body: bytes
      .subarray(0, Math.max(0, room))
      .toString('utf8')
      .replace(/\uFFFD$/, ''),
    truncated: true,
  }
}

/** A request as it is kept and shown. */
export function recordRequest(
  request: Pick<OutgoingRequest, 'method' | 'url' | 'body'>,
  headers: Record<string, string>,
  redact: Redactor,
  credential?: Credential,
): RecordedRequest {
  const shown = redactHeaders(headers, redact, credential)
  return {
    method: request.method,
    url: redactUrl(request.url, redact),
    headers: shown,
    ...cutBody(redact(request.body), shown),
  }
}

/** An answer as it is kept and shown. Redacted before it is cut, so that no half of a secret is left at the end. */
export function recordResponse(
  answer: { status: number; headers: Record<string, string>; body: string },
  redact: Redactor,
  wasCut: boolean,
): RecordedResponse {
  const headers = redactHeaders(answer.headers, redact)
  return {
    status: answer.status,
    headers,
    ...cutBody(redact(answer.body), headers),
    ...(wasCut && { truncated: true }),
  }
}
