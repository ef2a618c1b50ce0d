import { XMLValidator } from 'fast-xml-parser'
import type { Names } from '../names/references'
import type { Scope } from '../names/scope'
import type { Request } from '../schema'
import { compileBody } from '../templates/body'
import { fill, type Group, groupsOf, type Placing } from './entries'
import { formBody, formOptionsOf, formPairs, queryMerger } from './form-body'
import { bodyKindOf, isSoap, isWrapped } from './formats'
import { flatJsonBody, jsonBody } from './json-body'
import { envelopeOf } from './soap-body'
import { formTarget, type Placed, xmlTarget } from './targets'
import type { CompiledUrl } from './url'
import { parseRoot, xmlBody } from './xml-body'

/**
 * What goes over the line. `problem` says in words why nothing can; `conditionalFields` were read beside the mappings,
 * for this lead and not for all.
 */
export type Written = {
  body: string
  url?: string
  securityAt?: number
  masked?: string[]
  conditionalFields?: string[]
  problem?: string
}

/** Writes one lead's request: from what was placed, or from the lead itself where the body is one template. */
export type Writer = (placed: readonly Placed[], scope: Scope) => Written

const isFlat = (groups: readonly Group[]) =>
  groups.every(({ rule, entries }) => !rule && entries.every(({ parts }) => parts.length === 1))

function xmlWriter({ root }: Request): (placed: readonly Placed[]) => string {
  const parsed = root?.trim() ? parseRoot(root) : undefined
  const known = parsed && 'name' in parsed ? parsed : undefined
  return (placed) => xmlBody(known, placed)
}

/** A body by its mappings; empty where JSON or XML has nothing to say and stands in a parameter. */
function textWriter(request: Request, groups: readonly Group[]): (placed: readonly Placed[]) => string {
  if (request.format === 'xml') return xmlWriter(request)
  return isFlat(groups) ? flatJsonBody : jsonBody
}

function wrapped(request: Request, names: Names, inner: Writer): Writer {
  const options = formOptionsOf(request)
  const beside = groupsOf(request.parameters ?? {}, { ...request, target: formTarget, names })
  const parts = [request.parameter ?? '']
  return (placed, scope) => {
    const written = inner(placed, scope)
    const more = fill(beside, scope)
    const isSaid = request.body !== undefined || placed.length > 0
    return {
      ...written,
      body: formBody([...(isSaid ? [{ parts, value: written.body }] : []), ...more.placed], options),
      masked: [...(written.masked ?? []), ...more.masked],
      conditionalFields: more.conditionalFields,
    }
  }
}

function queryWriter(request: Request, url: CompiledUrl): Writer {
  const options = formOptionsOf(request)
  const merge = url.fixed === undefined ? undefined : queryMerger(url.fixed)
  return (placed, scope) => ({
    body: '',
    url: (merge ?? queryMerger(url.render(scope)))(formPairs(placed, options)),
  })
}

function soapWriter(request: Request, names: Names): Writer {
  const { soap = {} } = request
  const write = envelopeOf(request.format === 'soap12' ? 'soap12' : 'soap11', soap)
  const headers = groupsOf(soap.headers ?? {}, { ...request, target: xmlTarget, names })
  return (placed, scope) => {
    const above = fill(headers, scope)
    const { masked, conditionalFields } = above
    return { ...write(placed, above.placed), masked, conditionalFields }
  }
}

/** Why a body that was written by a template is none of its format; undefined when it is. */
export function brokenBody(format: Request['format'], body: string): string | undefined {
  if (format === 'json') {
    try {
      JSON.parse(body)
      return undefined
    } catch (cause) {
      return `The body is not JSON for this lead: ${cause instanceof Error ? cause.message : 'it does not parse'}.`
    }
  }
  if (bodyKindOf(format) !== 'xml') return undefined
  const valid = XMLValidator.validate(body)
  if (valid === true) return undefined
  const { msg, line, col } = valid.err
  return `The body is not XML for this lead: ${msg} (line ${line}, character ${col}).`
}

function templateWriter(request: Request, names: Names): Writer {
  const compiled = compileBody(request.body ?? '', bodyKindOf(request.format), request.ascii === true, names)
  return (_, scope) => {
    const made = compiled.render(scope)
    if (!made) return { body: '', problem: 'The body can’t be made for this lead: a value in it is too long or fails.' }
    const problem = brokenBody(request.format, made.body)
    return { ...made, ...(problem !== undefined && { problem }) }
  }
}

function bodyWriter(request: Request, groups: readonly Group[], placing: Placing): Writer {
  const { format } = request
  if (request.body !== undefined && format !== 'query') return templateWriter(request, placing.names)
  if (isSoap(format)) return soapWriter(request, placing.names)
  if (format === 'form') {
    const options = formOptionsOf(request)
    return (placed) => ({ body: formBody(placed, options) })
  }
  if (format === 'text') return () => ({ body: '' })
  const write = textWriter(request, groups)
  return (placed) => ({ body: write(placed) })
}

/** Makes the writing of a request's format ready. */
export function writerOf(request: Request, url: CompiledUrl, groups: readonly Group[], placing: Placing): Writer {
  if (request.format === 'query') return queryWriter(request, url)
  const inner = bodyWriter(request, groups, placing)
  return isWrapped(request) ? wrapped(request, placing.names, inner) : inner
}
