import { conflictsOf } from '../delivery/conflicts'
import { type MappingParts, type Mappings, mappingParts, type RequestFormat } from '../schema'
import { compileTransforms } from '../templates/transforms'
import type { Place } from './place'
import type { Problems } from './problems'

function checkExtras({ when, transform }: MappingParts, at: string, to: Problems, { names, stepId }: Place): void {
  if (when !== undefined) to.addRule(when, names, at, stepId)
  const { problems } = compileTransforms(transform ?? [], names, () => undefined)
  for (const { index, severity, message } of problems) to.add(severity, at, `Change ${index + 1}: ${message}`, stepId)
}

/** What is wrong with mappings: paths that have no place, templates, conditions and changes. */
export function checkMappings(mappings: Mappings, format: RequestFormat, at: string, to: Problems, place: Place): void {
  for (const { key, message, severity } of conflictsOf(Object.keys(mappings), format)) {
    to.add(severity ?? 'error', `${at}.${key}`, message, place.stepId)
  }
  for (const [key, mapping] of Object.entries(mappings)) {
    const parts = mappingParts(mapping)
    to.addTemplate(parts.value, place.names, `${at}.${key}`, place.stepId)
    checkExtras(parts, `${at}.${key}`, to, place)
  }
}
