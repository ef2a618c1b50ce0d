import { resolveAlias, standardField, typeOfField } from '../engine/index'
import { conflict, type Refusal } from '../errors'

/** The name is the matter, and the words stand with it. */
export const refusedName = (message: string): Refusal =>
  conflict('This name can’t be used.', [{ path: 'name', message }])

/** Why an account can't have a field of this name; `undefined` when it can. */
export function refuseName(name: string): Refusal | undefined {
  if (name === 'id' || name.startsWith('id.')) return refusedName('“id” is the lead’s own id.')
  const standard = standardField(name)
  if (standard) return refusedName(`“${name}” is a standard field already: ${standard.label}.`)
  const meant = resolveAlias(name)
  if (meant !== name) return refusedName(`“${name}” is another name of the standard field “${meant}”.`)
  if (typeOfField(name) !== undefined) return refusedName(`“${name}” is kept for sensitive values.`)
  return undefined
}
