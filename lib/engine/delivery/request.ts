import type { z } from 'zod'
import { findReference, type Names } from '../names/references'
import { isBlank, type Scope, textOf } from '../names/scope'
import { type CompiledRule, compileRule } from '../rules/index'
import type { Endpoint, Request, ResponseSpec } from '../schema'
import { type CompiledTemplate, compileTemplate } from '../templates/index'
import type { OutgoingRequest } from '../types'
import { flatJsonBody, jsonBody, type Placed } from './body'
import { pathParts } from './paths'

type Entry = { key: string; parts: readonly string[]; template: CompiledTemplate }
type Conditional = { rule: CompiledRule; entries: Entry[] }

/** A buyer's request made ready: rendering it takes some microseconds. */
export type CompiledRequest = {
  render: (scope: Scope) => OutgoingRequest
  /** The first required field that this lead lacks. */
  missing: (scope: Scope) => string | undefined
}

export type RequestParts = {
  endpoint: z.infer<typeof Endpoint>
  request: z.infer<typeof Request>
  response: z.infer<typeof ResponseSpec>
  requiredFields: readonly string[]
  timeoutMs: number
}

function entriesOf(mappings: Record<string, string | number | boolean>, names: Names): Entry[] {
  return Object.entries(mappings).flatMap(([key, source]) => {
    const parts = pathParts(key)
    return parts ? [{ key, parts, template: compileTemplate(source, names) }] : []
  })
}

const fieldsOf = (entries: readonly Entry[]): string[] =>
  entries.flatMap(({ template }) => template.references.flatMap(({ field }) => (field === undefined ? [] : [field])))

const wordOfLine = /[\r\n\0]+/g

type Header = { name: string; template: CompiledTemplate }

function headersOf(headers: readonly Header[], scope: Scope): Record<string, string> {
  const made: Record<string, string> = { 'Content-Type': 'application/json; charset=utf-8', Accept: 'application/json' }
  for (const { name, template } of headers) {
    const text = textOf(template.render(scope)).replaceAll(wordOfLine, ' ').trim()
    if (text === '') continue
    const usual = Object.keys(made).find((known) => known.toLowerCase() === name.toLowerCase())
    made[usual ?? name] = text
  }
  return made
}

function placeAll(entries: readonly Entry[], scope: Scope, into: Placed[]): void {
  for (const { parts, template } of entries) {
    const value = template.render(scope)
    if (value !== undefined && value !== null) into.push({ parts, value })
  }
}

type Requirement = { name: string; read: (scope: Scope) => unknown }

/** A required field is a property of the body, by its name there, or else a field of the lead. */
function requirementOf(
  name: string,
  entries: readonly Entry[],
  conditional: readonly Conditional[],
  names: Names,
): Requirement {
  const always = entries.findLast((entry) => entry.key === name)
  const sometimes = conditional.flatMap(({ rule, entries: inner }) =>
    inner.filter((entry) => entry.key === name).map((entry) => ({ rule, entry })),
  )
  if (always || sometimes.length > 0) {
    return {
      name,
      read: (scope) =>
        sometimes.findLast(({ rule }) => rule.test(scope))?.entry.template.render(scope) ??
        always?.template.render(scope),
    }
  }
  const found = findReference(['lead', ...name.replace(/^lead\./, '').split('.')], names, 'template')
  return { name, read: 'problem' in found ? () => undefined : found.reference.read }
}

/** Makes a request ready from its configuration; `names` bounds what its templates and conditions may read. */
export function compileRequest(parts: RequestParts, names: Names): CompiledRequest {
  const { endpoint, request, response, timeoutMs } = parts
  const entries = entriesOf(request.mappings, names)
  const conditional = (request.conditional_mappings ?? []).map(({ condition, mappings }) => ({
    rule: compileRule(condition, names),
    entries: entriesOf(mappings, names),
  }))
  const headers = Object.entries(endpoint.headers).map(([name, source]) => ({
    name,
    template: compileTemplate(source, names),
  }))
  const requirements = parts.requiredFields.map((name) => requirementOf(name, entries, conditional, names))
  const headerFields = headers.flatMap(({ template }) => template.references.flatMap(({ field }) => field ?? []))
  const usualFields = [...new Set([...fieldsOf(entries), ...headerFields])]
  const isFlat = (list: readonly Entry[]) => list.every((entry) => entry.parts.length === 1)
  const flat = isFlat(entries) && conditional.length === 0

  return {
    missing: (scope) => requirements.find(({ read }) => isBlank(read(scope)))?.name,
    render(scope) {
      const placed: Placed[] = []
      placeAll(entries, scope, placed)
      const matching = conditional.filter(({ rule }) => rule.test(scope))
      for (const { entries: inner } of matching) placeAll(inner, scope, placed)
      return {
        url: endpoint.url,
        method: endpoint.method,
        headers: headersOf(headers, scope),
        body: flat ? flatJsonBody(placed) : jsonBody(placed),
        auth: endpoint.auth,
        timeoutMs,
        response,
        sentFields:
          matching.length === 0
            ? usualFields
            : [...new Set([...usualFields, ...matching.flatMap(({ entries: inner }) => fieldsOf(inner))])],
      }
    },
  }
}
