import busboy from 'busboy'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import type { Nested, NestedValue } from '../../engine/index'
import { err, ok, type Result } from '../../result'

/** Bodies above this are refused with 413. */
export const maxBodyBytes = 1024 * 1024

/** A refusal of the protocol, before anything is taken: a status and a line of plain text. */
export type Protocol = { status: 400 | 413 | 415; text: string }

export const supportedTypes = [
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'application/json',
  'application/xml',
  'text/xml',
]

const refused = (status: Protocol['status'], text: string) => err<Protocol>({ status, text })
const forbiddenKeys = new Set(['__proto__', 'prototype', 'constructor'])
const isNested = (value: unknown): value is Nested =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The Content-Type without its parameters, in lower case. */
export const mediaType = (header: string): string => (header.split(';', 1)[0] ?? '').trim().toLowerCase()

/**
 * Reads a body into nested values by its Content-Type (`api.md` §1). `query` holds the pairs of the URL, which are
 * merged in and win. An empty body is no body: the query is the lead then.
 */
export async function parseSubmission(
  body: Uint8Array,
  contentType: string | undefined,
  query: Iterable<[string, string]>,
): Promise<Result<Nested, Protocol>> {
  const parsed = body.length === 0 ? ok<Nested>({}) : await parseBody(body, contentType)
  if (!parsed.ok) return parsed
  const conflict = mergePairs(parsed.value, query, true)
  return conflict === undefined ? parsed : refused(400, `Unable to parse query -- ${conflict}`)
}

async function parseBody(body: Uint8Array, contentType: string | undefined): Promise<Result<Nested, Protocol>> {
  if (!contentType) return refused(415, 'Content-Type header is required')
  const text = () => Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
  switch (mediaType(contentType)) {
    case 'application/x-www-form-urlencoded':
      return parsePairs(new URLSearchParams(text()))
    case 'multipart/form-data':
      return parseMultipart(body, contentType)
    case 'application/json':
      return parseJson(text())
    case 'application/xml':
    case 'text/xml':
      return parseXml(text())
    default:
      return refused(415, `MIME type in Content-Type header is not supported. Use only ${supportedTypes.join(', ')}.`)
  }
}

const deepest = 50

/** Looks no deeper than it may be, so that a body made for it overflows nothing. */
function isTooDeep(value: NestedValue, levels = deepest): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return Object.keys(value).length > 0
  for (const one of Object.values(value)) if (isTooDeep(one, levels - 1)) return true
  return false
}

function parseJson(text: string): Result<Nested, Protocol> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    try {
      // Raw tabs and line breaks inside strings are the commonest mistake of senders; the field's systems forgive it.
      value = JSON.parse(text.replace(/[\r\n\t]/g, ''))
    } catch {
      return refused(400, `Unable to parse JSON -- ${(error as Error).message}`)
    }
  }
  if (!isNested(value)) return refused(400, 'Unable to parse JSON -- Expected an object with the fields of the lead')
  if (isTooDeep(value)) return refused(400, `Unable to parse JSON -- Nested deeper than ${deepest} levels`)
  return ok(normaliseNames(value))
}

const xml = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: true,
  htmlEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  trimValues: true,
  textNodeName: '#text',
})

function parseXml(text: string): Result<Nested, Protocol> {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) return refused(400, 'Unable to parse XML -- A document type is not allowed')
  const valid = XMLValidator.validate(text)
  if (valid !== true) {
    const { msg, line, col } = valid.err
    return refused(400, `Unable to parse XML -- ${msg} Line: ${line} Column: ${col}`)
  }
  let document: unknown
  try {
    document = xml.parse(text)
  } catch (error) {
    return refused(400, `Unable to parse XML -- ${(error as Error).message}`)
  }
  const roots = isNested(document) ? Object.values(document) : []
  if (roots.length !== 1) return refused(400, 'Unable to parse XML -- Expected one root element')
  const [root] = roots
  return ok(isNested(root) ? normaliseNames(withoutText(root)) : {})
}

/** An element with attributes keeps its text under `#text`; as a field it is just that text. */
function withoutText(element: Nested): Nested {
  const fields: Nested = {}
  for (const [name, value] of Object.entries(element)) if (name !== '#text') fields[name] = elementValue(value)
  return fields
}

function elementValue(value: NestedValue): NestedValue {
  if (Array.isArray(value)) return value.map(elementValue)
  if (!isNested(value)) return value
  const names = Object.keys(value)
  if (names.length === 1 && names[0] === '#text') return value['#text'] ?? ''
  return withoutText(value)
}

function parsePairs(pairs: Iterable<[string, string]>): Result<Nested, Protocol> {
  const fields: Nested = {}
  const conflict = mergePairs(fields, pairs, false)
  return conflict === undefined ? ok(fields) : refused(400, `Unable to parse body -- ${conflict}`)
}

function parseMultipart(body: Uint8Array, contentType: string): Promise<Result<Nested, Protocol>> {
  return new Promise((resolve) => {
    const pairs: [string, string][] = []
    let files = false
    try {
      const parser = busboy({
        headers: { 'content-type': contentType },
        limits: { fields: 2_000, fieldSize: maxBodyBytes },
      })
      parser.on('field', (name, value) => pairs.push([name, value]))
      parser.on('file', (_name, stream) => {
        files = true
        stream.resume()
      })
      parser.on('error', (error) => resolve(refused(400, `Unable to parse body -- ${(error as Error).message}`)))
      parser.on('close', () =>
        resolve(files ? refused(400, 'Unable to parse body -- Files are not accepted') : parsePairs(pairs)),
      )
      parser.end(body)
    } catch (error) {
      resolve(refused(400, `Unable to parse body -- ${(error as Error).message}`))
    }
  })
}

/**
 * Puts pairs into nested values: dotted keys nest, repeated keys make an array. With `wins`, a pair replaces what the
 * body had. Answers what is wrong when one key is used both as a value and as a group.
 */
function mergePairs(fields: Nested, pairs: Iterable<[string, string]>, wins: boolean): string | undefined {
  const seen = new Set<string>()
  for (const [key, value] of pairs) {
    const path = fieldName(key).split('.')
    if (path.some((part) => part === '' || forbiddenKeys.has(part)) || path.length > 20) continue
    const conflict = put(fields, path, value, wins && !seen.has(key))
    if (conflict !== undefined) return conflict
    seen.add(key)
  }
  return undefined
}

const ownValue = (group: Nested, name: string): NestedValue | undefined =>
  Object.hasOwn(group, name) ? group[name] : undefined

/** The group that a path's value stands in, made where it is missing. `undefined`: a part has a value of its own. */
function groupOf(fields: Nested, path: string[], replace: boolean): Nested | undefined {
  let group = fields
  for (const part of path.slice(0, -1)) {
    const next = ownValue(group, part)
    if (isNested(next)) {
      group = next
      continue
    }
    if (next !== undefined && !replace) return undefined
    const made: Nested = {}
    group[part] = made
    group = made
  }
  return group
}

function put(fields: Nested, path: string[], value: string, replace: boolean): string | undefined {
  const group = groupOf(fields, path, replace)
  if (!group) return `"${path[0]}" has a value of its own and can't hold "${path.join('.')}" as well`
  const last = path.at(-1) ?? ''
  const present = ownValue(group, last)
  if (present === undefined || replace) group[last] = value
  else if (Array.isArray(present)) present.push(value)
  else if (isNested(present)) return `"${path.join('.')}" holds other fields and can't have a value of its own`
  else group[last] = [present, value]
  return undefined
}

/** The certificate's field has one name here, whatever letter case the form script used. */
const fieldName = (name: string) => (name.toLowerCase() === 'xxtrustedformcerturl' ? 'trustedform_cert_url' : name)

function normaliseNames(fields: Nested): Nested {
  let renamed: Nested | undefined
  for (const name of Object.keys(fields)) {
    if (!forbiddenKeys.has(name) && fieldName(name) === name) continue
    renamed ??= { ...fields }
    delete renamed[name]
    const value = fields[name]
    if (!forbiddenKeys.has(name) && value !== undefined) renamed[fieldName(name)] = value
  }
  return renamed ?? fields
}
