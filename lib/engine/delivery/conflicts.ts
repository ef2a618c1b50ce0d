import type { RequestFormat } from '../schema'
import { targetOf } from './entries'
import type { Part } from './targets'
import { isXmlName } from './xml-text'

export type Conflict = { key: string; message: string; severity?: 'warning' }
type Path = { key: string; parts: readonly Part[] }
type Kind = 'json' | 'xml' | 'form'

export function kindOf(format: RequestFormat): Kind {
  if (format === 'form' || format === 'query') return 'form'
  return format === 'json' || format === 'text' ? 'json' : 'xml'
}

const noPath: Record<Kind, string> = {
  json: 'can’t name a property. Use names with dots between them.',
  xml: 'can’t name an element. Use names with dots between them, and @name at the end for an attribute.',
  form: 'can’t name a parameter.',
}

const isMark = (part: Part) => typeof part === 'string' && /^[@#]/.test(part)

/** What is wrong with one part of a path of XML; undefined when nothing is. */
function wrongPart(parts: readonly Part[], index: number): string | undefined {
  const part = parts[index] ?? ''
  if (typeof part === 'number') {
    const hasName = index > 0 && !isMark(parts[index - 1] ?? '')
    return hasName ? undefined : `“${part}” counts siblings, and stands after their name.`
  }
  if (isMark(part) && index < parts.length - 1) return `“${part}” has no place but the end of a path.`
  if (part === '#text' || part === '#cdata' || isXmlName(part.replace(/^@/, ''))) return undefined
  return `“${part}” is no name in XML. Start with a letter, without spaces and signs.`
}

function wrongName({ key, parts }: Path): Conflict[] {
  const message = parts.map((_, index) => wrongPart(parts, index)).find((words) => words !== undefined)
  return message === undefined ? [] : [{ key, message }]
}

const pathText = (parts: readonly Part[]) => JSON.stringify(parts)

function twice(paths: readonly Path[]): Conflict[] {
  const seen = new Map<string, string>()
  return paths.flatMap(({ key, parts }) => {
    const text = pathText(parts)
    const before = seen.get(text)
    seen.set(text, before ?? key)
    return before === undefined ? [] : [{ key, message: `“${key}” and “${before}” go to the same place.` }]
  })
}

/** A value can't hold what is placed below it: `a` and `a.b`. */
function belowValues(paths: readonly Path[], kind: Kind): Conflict[] {
  const leaves = new Map(paths.map(({ key, parts }) => [pathText(parts), key]))
  return paths.flatMap(({ key, parts }) => {
    for (let length = 1; length < parts.length; length++) {
      const above = leaves.get(pathText(parts.slice(0, length)))
      if (above === undefined) continue
      const advice = kind === 'xml' ? ` Map the text of the element as “${above}.#text”.` : ''
      return [{ key, message: `“${key}” has no place: “${above}” is a value already.${advice}` }]
    }
    return []
  })
}

/** `a.0` makes a list and `a.b` an object: both together are an object with the name "0". */
function mixedLists(paths: readonly Path[]): Conflict[] {
  const kinds = new Map<string, { key: string; isIndex: boolean }>()
  const found: Conflict[] = []
  for (const { key, parts } of paths) {
    for (let at = 1; at < parts.length; at++) {
      const parent = pathText(parts.slice(0, at))
      const isIndex = typeof parts[at] === 'number'
      const before = kinds.get(parent)
      if (before && before.isIndex !== isIndex) {
        found.push({
          key,
          severity: 'warning',
          message: `“${before.key}” makes a list where “${key}” needs names, or the other way round.`,
        })
        break
      }
      if (!before) kinds.set(parent, { key, isIndex })
    }
  }
  return found
}

/** Mappings that have no place, or can't all have theirs. */
export function conflictsOf(keys: readonly string[], format: RequestFormat = 'json'): Conflict[] {
  const kind = kindOf(format)
  const target = targetOf(format)
  const given = keys.map((key) => ({ key, parts: target(key) }))
  const broken = given.flatMap(({ key, parts }) => (parts ? [] : [{ key, message: `“${key}” ${noPath[kind]}` }]))
  const paths = given.flatMap(({ key, parts }) => (parts ? [{ key, parts }] : []))
  if (kind === 'form') return [...broken, ...twice(paths)]
  const names = kind === 'xml' ? paths.flatMap(wrongName) : []
  return [...broken, ...names, ...twice(paths), ...belowValues(paths, kind), ...mixedLists(paths)]
}
