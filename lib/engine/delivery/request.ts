import type { z } from 'zod'
import { minuteMs } from '../../time'
import { findReference, type Names } from '../names/references'
import { isBlank, type Scope, textOf } from '../names/scope'
import { requestNames } from '../names/secret-names'
import { compileRule } from '../rules/index'
import type { Endpoint, Request, ResponseSpec } from '../schema'
import { asciiText } from '../templates/ascii'
import { compileBody } from '../templates/body'
import { type CompiledTemplate, compileTemplate } from '../templates/index'
import type { OutgoingRequest } from '../types'
import { listOf } from './batch-body'
import { listRenderer } from './batch-request'
import { conditionalGroups, type Entry, fill, type Group, groupsOf, type Placing, targetOf } from './entries'
import { bodyKindOf, isSoap, isWrapped, methodOf, shapeOf } from './formats'
import { keyInBody, secretParts } from './secret-parts'
import { actionHeaders } from './soap-body'
import { formTarget, xmlTarget } from './targets'
import { compileUrl } from './url'
import { writerOf } from './writer'

/** How leads are collected: so many at the most, for so long. */
export type CompiledBatch = { leads: number; windowMs: number }

/** A buyer's request made ready: rendering it takes some microseconds. */
export type CompiledRequest = {
  /** The request of one lead: a list of one, where leads go in batches. */
  render: (scope: Scope) => OutgoingRequest
  /** Set where leads go in batches, with how the request of several is rendered, in their order. */
  batch?: CompiledBatch & { render: (scopes: readonly Scope[], batchId: string) => OutgoingRequest }
  /** The first required field that this lead lacks. */
  missing: (scope: Scope) => string | undefined
}

export type RequestParts = {
  endpoint: z.infer<typeof Endpoint>
  request: Request
  response: z.infer<typeof ResponseSpec>
  requiredFields: readonly string[]
  timeoutMs: number
}

const wordOfLine = /[\r\n\0]+/g

type Header = { name: string; template: CompiledTemplate }
type Headers = Record<string, string>

/** The destination's own headers over the usual ones; blank ones are left out, and no value starts another header. */
function addOwn(made: Headers, headers: readonly Header[], scope: Scope, ascii: boolean): void {
  for (const { name, template } of headers) {
    const text = textOf(template.render(scope)).replaceAll(wordOfLine, ' ').trim()
    if (text === '') continue
    const usual = Object.keys(made).find((known) => known.toLowerCase() === name.toLowerCase())
    made[usual ?? name] = ascii ? asciiText(text) : text
  }
}

/** Makes the headers of a request's format ready. */
function headersOf(request: Request, headers: readonly Header[]): (scope: Scope) => Headers {
  const { contentType, accept } = shapeOf(request)
  const { format, ascii } = request
  const usual: Headers = { ...(contentType !== '' && { 'Content-Type': contentType }), Accept: accept }
  const withAction = isSoap(format) ? format : undefined
  return (scope) => {
    const made = { ...usual }
    addOwn(made, headers, scope, ascii === true)
    if (!withAction) return made
    const action = actionHeaders(withAction, request.soap, made['Content-Type'] ?? contentType)
    return { ...action, ...made, 'Content-Type': action['Content-Type'] ?? contentType }
  }
}

type Requirement = { name: string; read: (scope: Scope) => unknown }

/** A required field is a property of the body, by its name there, or else a field of the lead. */
function requirementOf(name: string, groups: readonly Group[], names: Names): Requirement {
  const placed = groups.flatMap(({ rule, entries }) =>
    entries.filter((entry) => entry.key === name).map((entry) => ({ rule, entry })),
  )
  if (placed.length > 0) {
    return {
      name,
      read: (scope) => placed.findLast(({ rule }) => !rule || rule.test(scope))?.entry.read(scope),
    }
  }
  const found = findReference(['lead', ...name.replace(/^lead\./, '').split('.')], names, 'template')
  return { name, read: 'problem' in found ? () => undefined : found.reference.read }
}

const isAlways = ({ rule }: Group) => rule === undefined
const fieldsOf = (entries: readonly Entry[]) => entries.flatMap(({ fields }) => fields)

/** Fields that stand in the body whatever the lead is: those of conditional mappings come on top. */
function usualFields(
  parts: RequestParts,
  groups: readonly Group[],
  headers: readonly Header[],
  names: Names,
): string[] {
  const { request } = parts
  const beside = [
    ...(isWrapped(request) ? groupsOf(request.parameters ?? {}, { ...request, target: formTarget, names }) : []),
    ...(isSoap(request.format) ? groupsOf(request.soap?.headers ?? {}, { ...request, target: xmlTarget, names }) : []),
  ]
  const body =
    request.body === undefined
      ? []
      : compileBody(request.body, bodyKindOf(request.format), false, names).references.flatMap(
          ({ field }) => field ?? [],
        )
  const inHeaders = headers.flatMap(({ template }) => template.references.flatMap(({ field }) => field ?? []))
  const inBody = [...groups, ...beside].filter(isAlways).flatMap(({ entries }) => fieldsOf(entries))
  return [...new Set([...inBody, ...body, ...inHeaders])]
}

function groupsIn(request: Request, placing: Placing): Group[] {
  if (request.body !== undefined && request.format !== 'query') return []
  const conditional = (request.conditional_mappings ?? []).flatMap(({ condition, mappings }) =>
    conditionalGroups(compileRule(condition, placing.names), mappings, placing),
  )
  return [...groupsOf(request.mappings, placing), ...conditional]
}

/** Makes a request ready from its configuration; `names` bounds what its templates and conditions may read. */
export function compileRequest(given: RequestParts, known: Names): CompiledRequest {
  const { endpoint, response, timeoutMs } = given
  const parts = { ...given, request: keyInBody(given.request, endpoint.auth) }
  const { request } = parts
  const names = requestNames(known)
  const url = compileUrl(endpoint.url, names)
  const placing: Placing = { ...request, target: targetOf(request.format), names }
  const groups = groupsIn(request, placing)
  const headers = Object.entries(endpoint.headers).map(([name, source]) => ({
    name,
    template: compileTemplate(source, names),
  }))
  const requirements = parts.requiredFields.map((name) => requirementOf(name, groups, names))
  const inUrl = url.references.flatMap(({ field }) => field ?? [])
  const usual = [...new Set([...usualFields(parts, groups, headers, names), ...inUrl])]
  const write = writerOf(request, url, groups, placing)
  const headersFor = headersOf(request, headers)
  const security = isSoap(request.format) && request.body === undefined ? request.soap?.security : undefined
  const secretNames = [...(names.usedSecrets ?? [])]
  const fixed = {
    method: methodOf(request.format, endpoint.method),
    auth: endpoint.auth,
    ...(endpoint.signing && { signing: endpoint.signing }),
    ...(endpoint.client_certificate && { clientCertificate: endpoint.client_certificate }),
    timeoutMs,
    response,
  }

  function writeOne(placed: Parameters<typeof write>[0], scope: Scope) {
    const written = write(placed, scope)
    const sent = {
      url: written.url ?? url.render(scope),
      headers: headersFor(scope),
      body: written.body,
      ...(written.masked && written.masked.length > 0 && { masked: written.masked }),
      ...(written.problem !== undefined && { problem: written.problem }),
      ...(security && written.securityAt !== undefined && { security: { ...security, at: written.securityAt } }),
    }
    return { sent, beside: written.conditionalFields ?? [] }
  }

  const list = listOf(request, groups)
  const renderList = list && listRenderer(list, { groups, writeOne, fixed, secretNames, usualFields: usual })
  const { leads = 0, minutes = 0 } = request.batch ?? {}
  return {
    ...(renderList && { batch: { leads, windowMs: minutes * minuteMs, render: renderList } }),
    missing: (scope) => requirements.find(({ read }) => isBlank(read(scope)))?.name,
    render(scope) {
      if (renderList) return renderList([scope], scope.eventId ?? '')
      const { placed, masked, conditionalFields } = fill(groups, scope)
      const { sent, beside } = writeOne(placed, scope)
      const hidden = sent.masked ? [...masked, ...sent.masked] : masked
      const more = beside.length > 0 ? [...conditionalFields, ...beside] : conditionalFields
      return {
        ...fixed,
        ...sent,
        ...secretParts(secretNames, scope, (opened) => writeOne(fill(groups, opened).placed, opened).sent),
        sentFields: more.length === 0 ? usual : [...new Set([...usual, ...more])],
        ...(hidden.length > 0 && { masked: hidden }),
      }
    },
  }
}
