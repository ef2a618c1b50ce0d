import { isBlank } from '../names/scope'
import type { ParserType, ResponseSpec } from '../schema'
import type { CompiledTemplate } from '../templates/index'
import { type AnswerBody, kindOfText, kindOfType, readBody } from './body'
import { type AnswerPath, compileAnswerPath } from './paths'
import { compileReason } from './reason'
import { type AnswerPattern, compileAnswerPattern } from './text-path'

type Condition = NonNullable<ResponseSpec['conditions']>[number]
export type CompiledCondition = { is: Condition; pattern?: AnswerPattern; reason?: CompiledTemplate }

/** The settings of an answer made ready: patterns, reasons and, for each kind of body that comes, paths. */
export type CompiledSpec = {
  is: ResponseSpec
  /** The kind that paths are written for; without one it follows from each body. */
  kind: ParserType | undefined
  conditions: readonly CompiledCondition[]
  paths: Map<string, AnswerPath>
}

const nothing: AnswerPath = () => []

function compileCondition(condition: Condition, captures: readonly string[]): CompiledCondition {
  const pattern = condition.matches === undefined ? undefined : compileAnswerPattern(condition.matches)
  return {
    is: condition,
    ...(pattern && { pattern: 'problem' in pattern ? { found: () => undefined } : pattern }),
    ...(condition.reason?.trim() && { reason: compileReason(condition.reason, captures) }),
  }
}

const remembered = new WeakMap<ResponseSpec, CompiledSpec>()

/** Makes settings ready, once for each object that holds them: a version's stay the same for all of its leads. */
export function compiledSpec(spec: ResponseSpec): CompiledSpec {
  const known = remembered.get(spec)
  if (known) return known
  const captures = Object.keys(spec.capture ?? {})
  const made: CompiledSpec = {
    is: spec,
    kind: spec.parser?.type ?? kindOfType(spec.content_type),
    conditions: (spec.conditions ?? []).map((condition) => compileCondition(condition, captures)),
    paths: new Map(),
  }
  remembered.set(spec, made)
  return made
}

function pathOf(spec: CompiledSpec, kind: ParserType, source: string): AnswerPath {
  const key = `${kind} ${source}`
  const known = spec.paths.get(key)
  if (known) return known
  const compiled = compileAnswerPath(kind, source)
  const path = 'problem' in compiled ? nothing : compiled
  spec.paths.set(key, path)
  return path
}

/** One answer under its settings. Its body is read when something looks into it, and once. */
export class Seen {
  private read: AnswerBody | undefined
  private readonly found = new Map<string, readonly unknown[]>()

  readonly spec: CompiledSpec
  readonly status: number
  /** The whole text, of which patterns see the beginning. */
  readonly raw: string
  private readonly contentType: string | undefined

  constructor(spec: CompiledSpec, status: number, raw: string, contentType: string | undefined) {
    this.spec = spec
    this.status = status
    this.raw = raw
    this.contentType = contentType
  }

  get body(): AnswerBody {
    this.read ??= readBody(this.spec.kind ?? kindOfText(this.raw.trimStart(), this.contentType), this.raw)
    return this.read
  }

  get isEmpty(): boolean {
    return this.raw.trim() === ''
  }

  /** What stands at a path; nothing without one, or where the body is not what it was said to be. */
  values(path: string | undefined): readonly unknown[] {
    if (path === undefined || path.trim() === '') return []
    const { body } = this
    if (body.problem !== undefined) return []
    const known = this.found.get(path)
    if (known) return known
    const values = pathOf(this.spec, body.kind, path)(body).filter((value) => !isBlank(value))
    this.found.set(path, values)
    return values
  }
}
