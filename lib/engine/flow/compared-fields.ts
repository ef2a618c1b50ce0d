import { comparable, isBlankValue, maskedTypes, typeOfField } from '../fields/index'
import { findReference, type Names } from '../names/references'
import type { FieldValue, Run } from '../types'
import type { Compared } from './compiled'

/** The field of the lead that a name means, or in words why its values can't be compared. */
export function comparedField(name: string, names: Names): Compared & { warning?: string } {
  const found = findReference(['lead', ...name.replace(/^lead\./, '').split('.')], names, 'rule')
  if ('problem' in found) return { field: name, label: name, refused: found.problem }
  const { field, path, words } = found.reference
  if (field === undefined || path !== `lead.${field}`) {
    return { field: name, label: name, refused: `${path} can’t be compared; choose a field of the lead.` }
  }
  const type = names.fields.get(field)?.type ?? typeOfField(field) ?? 'string'
  if (maskedTypes.has(type) || type === 'credit_card') {
    return { field, label: words, refused: `${words} is kept sealed, so leads can’t be compared by it.` }
  }
  return { field, label: words, ...(found.warning !== undefined && { warning: found.warning }) }
}

/** A field of a run's lead that has a value. */
export function filledField(run: Run, { field }: Compared): FieldValue | undefined {
  const value = Object.hasOwn(run.lead, field) ? run.lead[field] : undefined
  return value && !isBlankValue(value) && comparable(value) !== '' ? value : undefined
}

/** "Email", "Email and Phone 1", "Email, Phone 1 and State". */
export function listed(labels: readonly string[], word: 'and' | 'or' = 'and'): string {
  const last = labels.at(-1) ?? ''
  return labels.length < 2 ? last : `${labels.slice(0, -1).join(', ')} ${word} ${last}`
}
