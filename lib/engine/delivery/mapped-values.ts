import type { Names } from '../names/references'
import { isBlank, type Scope, textOf } from '../names/scope'
import { compileRule } from '../rules/index'
import { type MappingParts, mappingParts, type Request } from '../schema'
import { asciiValue } from '../templates/ascii'
import { compileTemplate } from '../templates/index'
import type { MappedValue } from '../types'
import { groupsOf, targetOf } from './entries'

/** What becomes of each mapping's value for one lead, by its key: for those who write mappings. */
export function mappedValues(request: Request, names: Names, scope: Scope): Record<string, MappedValue> {
  const placing = { ...request, target: targetOf(request.format), names }
  const sentOf = (key: string, { when: _, ...parts }: MappingParts) =>
    groupsOf({ [key]: parts }, placing)[0]?.entries[0]?.read(scope)
  const found: [string, MappedValue][] = []
  for (const [key, mapping] of Object.entries(request.mappings)) {
    const parts = mappingParts(mapping)
    const applies = parts.when === undefined || compileRule(parts.when, names).test(scope)
    const value = applies ? sentOf(key, parts) : undefined
    const before = textOf(compileTemplate(parts.value, names).render(scope))
    const after = value === undefined || (isBlank(value) && value !== '') ? null : textOf(value)
    found.push([key, { before: textOf(request.ascii ? asciiValue(before) : before), after }])
  }
  return Object.fromEntries(found)
}
