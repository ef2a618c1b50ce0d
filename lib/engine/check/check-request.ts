import { conflictsOf, kindOf } from '../delivery/conflicts'
import { isSoap, isWrapped } from '../delivery/formats'
import { xmlTarget } from '../delivery/targets'
import { parseRoot } from '../delivery/xml-body'
import { requestNames } from '../names/secret-names'
import { type DestinationConfig, type Mappings, mappingParts, type Request } from '../schema'
import { checkBody } from './check-body'
import { checkMappings } from './check-mappings'
import { checkSoap } from './check-soap'
import { type Place, under } from './place'
import type { Problems } from './problems'

const empty: Partial<Record<Request['format'], string>> = {
  json: 'an empty object',
  xml: 'an empty document',
  soap11: 'an operation without arguments',
  soap12: 'an operation without arguments',
}

function checkConditional(request: Request, to: Problems, place: Place): void {
  const { path, names, stepId } = place
  for (const [index, { condition, mappings }] of (request.conditional_mappings ?? []).entries()) {
    const here = under(path, `conditional_mappings.${index}`)
    to.addRule(condition, names, `${here}.condition`, stepId)
    checkMappings(mappings, request.format, `${here}.mappings`, to, place)
    const together = conflictsOf(
      [...new Set([...Object.keys(request.mappings), ...Object.keys(mappings)])],
      request.format,
    )
    for (const { key, message, severity } of together) {
      if (Object.hasOwn(mappings, key)) to.add(severity ?? 'error', `${here}.mappings.${key}`, message, stepId)
    }
  }
}

const allMappings = ({ mappings, conditional_mappings = [] }: Request): Mappings[] => [
  mappings,
  ...conditional_mappings.map((conditional) => conditional.mappings),
]

const keysOf = (request: Request) => allMappings(request).flatMap((mappings) => Object.keys(mappings))

/** Without a root of its own the document's root is what all paths begin with. */
function checkRoot(request: Request, to: Problems, { path, stepId }: Place): void {
  const { root } = request
  const at = under(path, 'root')
  if (root?.trim()) {
    const parsed = parseRoot(root)
    if ('problem' in parsed) to.add('error', at, parsed.problem, stepId)
    return
  }
  const targets = keysOf(request).map((key) => xmlTarget(key) ?? [])
  const first = targets[0]?.[0]
  const isShared = targets.every((parts) => parts.length > 1 && parts[0] === first && typeof parts[1] !== 'number')
  if (targets.length > 0 && !isShared) {
    to.add('error', at, 'Name the root element: a document has one element around all others.', stepId)
  }
}

/** Prefixes of names must be declared, or no reader takes the document. */
function checkPrefixes(request: Request, to: Problems, { path, stepId }: Place): void {
  const own = `${request.root ?? ''} ${keysOf(request).join(' ')} ${request.soap?.prefix ? `xmlns:${request.soap.prefix}` : ''}`
  for (const key of keysOf(request)) {
    for (const [, prefix = ''] of key.matchAll(/(?:^|[.@])([A-Za-z_][\w-]*):/g)) {
      const isKnown = ['xml', 'xmlns', 'soap'].includes(prefix) || own.includes(`xmlns:${prefix}`)
      if (isKnown) continue
      const where = isSoap(request.format) ? `a mapping @xmlns:${prefix}` : `the root element: xmlns:${prefix}="…"`
      to.add(
        'warning',
        under(path, `mappings.${key}`),
        `The prefix “${prefix}” is not declared. Declare it on ${where}.`,
        stepId,
      )
    }
  }
}

function checkParameter(request: Request, to: Problems, place: Place): void {
  const { path, stepId } = place
  const { parameter = '', parameters = {} } = request
  if (!isWrapped(request)) {
    const isIdle = parameter.trim() !== '' || Object.keys(parameters).length > 0
    if (isIdle) {
      to.add(
        'warning',
        under(path, 'parameter'),
        'Only JSON, XML and text go into a form parameter; this is not used.',
        stepId,
      )
    }
    return
  }
  checkMappings(parameters, 'form', under(path, 'parameters'), to, place)
  if (Object.hasOwn(parameters, parameter)) {
    to.add('error', under(path, `parameters.${parameter}`), `“${parameter}” holds the body already.`, stepId)
  }
}

function checkMapped(request: Request, to: Problems, place: Place): void {
  const at = under(place.path, 'mappings')
  if (keysOf(request).length === 0) {
    const what = empty[request.format] ?? 'nothing of the lead'
    to.add('warning', at, `Nothing is mapped: the buyer would get ${what}.`, place.stepId)
  }
  checkMappings(request.mappings, request.format, at, to, place)
  checkConditional(request, to, place)
  if (request.format === 'xml') checkRoot(request, to, place)
  if (kindOf(request.format) === 'xml') checkPrefixes(request, to, place)
}

/** Everything that is wrong with how a request is written; `place.path` is where the request stands. */
export function checkRequest(request: Request, to: Problems, given: Place): void {
  const place = { ...given, names: requestNames(given.names) }
  const { path, stepId } = place
  checkParameter(request, to, place)
  if (request.body !== undefined) {
    checkBody(request, to, place)
    return
  }
  if (request.format === 'text') {
    to.add('error', under(path, 'body'), 'Write the body: text has no places that values could be mapped to.', stepId)
    return
  }
  if (isSoap(request.format)) checkSoap(request, to, place)
  checkMapped(request, to, place)
}

/** Every template of a request, wherever it stands. */
export function templatesOf(request: Request): string[] {
  const groups = [...allMappings(request), request.parameters ?? {}, request.soap?.headers ?? {}]
  const values = groups.flatMap((mappings) => Object.values(mappings)).map((mapping) => mappingParts(mapping).value)
  return [...values, request.body ?? ''].filter((value) => typeof value === 'string')
}

/** True when some mapping, header or condition sends the event id. */
export const mapsEventId = ({ endpoint, request }: Pick<DestinationConfig, 'endpoint' | 'request'>): boolean =>
  [...templatesOf(request), ...Object.values(endpoint.headers)].some((source) => /\{[{%].*\bevent_id\b/s.test(source))

export const eventIdAdvice =
  'Feedback is allowed, but {{event_id}} is not mapped. The buyer also gets it in the header X-Baton-Event-Id, which is always sent; map it if the buyer keeps only what is in the body.'
