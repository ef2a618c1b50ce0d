import { findReference, type Names, nothing, type Reference } from '../names/references'
import { isBlank, type Read, textOf } from '../names/scope'
import { longestText } from './filters'
import { type Parsed, parseTemplate, renderParsed, type TextStyle } from './liquid'

export type TemplateProblem = { severity: 'error' | 'warning'; message: string }

/** A template made ready once. */
export type CompiledTemplate = {
  /** The value, typed when the template is a single output; undefined when it resolves to nothing. */
  render: Read
  problems: TemplateProblem[]
  /** What it reads, by path. */
  references: Reference[]
  /** True for a value written out, which is used even when it is empty. */
  isLiteral: boolean
}

const path = String.raw`[A-Za-z_]\w*(?:\.\w+)*`
const lonePath = new RegExp(String.raw`^\s*\{\{-?\s*(${path})\s*-?\}\}\s*$`)
const anyPath = new RegExp(String.raw`\{\{\s*(${path})\s*\}\}`)
const literalWords: ReadonlySet<string> = new Set(['true', 'false', 'nil', 'null', 'empty', 'blank'])

const isTemplate = (source: string) => source.includes('{{') || source.includes('{%')

export type Compiling = { names: Names; problems: TemplateProblem[]; references: Map<string, Reference> }

/** Looks a path up once for a template; what it refers to, or what stands in for it when it is refused. */
export function refer(segments: string[], to: Compiling): Reference {
  const name = segments.join('.')
  const known = to.references.get(name)
  if (known) return known
  const found = findReference(segments, to.names, 'template')
  const reference = 'problem' in found ? nothing(name) : found.reference
  if ('problem' in found) to.problems.push({ severity: 'error', message: found.problem })
  else if (found.warning) to.problems.push({ severity: 'warning', message: found.warning })
  to.references.set(name, reference)
  return reference
}

const finished = (to: Compiling, render: Read): CompiledTemplate => ({
  render,
  problems: to.problems,
  references: [...to.references.values()],
  isLiteral: false,
})

const present = (value: unknown) => (isBlank(value) ? undefined : value)

/** Text around plain references: joined without Liquid, which costs some twenty times as much. */
function joined(source: string, to: Compiling): Read | undefined {
  const pieces = source.split(anyPath)
  const texts = pieces.filter((_, index) => index % 2 === 0)
  const paths = pieces.filter((_, index) => index % 2 === 1)
  if (texts.some((text) => text.includes('{{') || text.includes('{%')) || paths.some((name) => literalWords.has(name)))
    return undefined
  const reads = paths.map((name) => refer(name.split('.'), to).read)
  return (scope) => {
    let text = texts[0] ?? ''
    for (let index = 0; index < reads.length; index++) text += textOf(reads[index]?.(scope)) + (texts[index + 1] ?? '')
    return text.length > longestText ? undefined : present(text)
  }
}

function byLiquid(source: string, to: Compiling, style?: TextStyle): CompiledTemplate {
  const parsed: Parsed | { problem: string } = parseTemplate(source, style)
  if ('problem' in parsed) {
    return { ...finished(to, () => undefined), problems: [{ severity: 'error', message: parsed.problem }] }
  }
  for (const segments of parsed.paths) refer(segments, to)
  return finished(to, (scope) => present(renderParsed(parsed, to.references, scope)))
}

/**
 * Makes a template ready: a literal, a single reference and text around references need no Liquid to render. Nothing
 * it renders throws; what is wrong with it is told in `problems` and resolves to nothing.
 */
export function compileTemplate(source: string | number | boolean, names: Names): CompiledTemplate {
  if (typeof source !== 'string' || !isTemplate(source)) {
    return { render: () => source, problems: [], references: [], isLiteral: true }
  }
  const to: Compiling = { names, problems: [], references: new Map() }
  const lone = lonePath.exec(source)?.[1]
  if (lone && !literalWords.has(lone)) {
    const { read } = refer(lone.split('.'), to)
    return finished(to, (scope) => present(read(scope)))
  }
  const read = joined(source, to)
  return read ? finished(to, read) : byLiquid(source, to)
}

export type { TextStyle }

/** Makes a whole text ready, of many values, each written as `style` says. Like a value's template, it never throws. */
export const compileText = (source: string, names: Names, style: TextStyle): CompiledTemplate =>
  isTemplate(source)
    ? byLiquid(source, { names, problems: [], references: new Map() }, style)
    : { render: () => source, problems: [], references: [], isLiteral: true }
