import { resolveAlias, standardField, typeOfField } from '../engine/index'
import { conflict, type Refusal } from '../errors'

/** Why an account can't have a field of this name; `undefined` when it can. */
export function refuseName(name: string): Refusal | undefined {
  const taken = (message: string) => conflict(message, [{ path: 'name', message }])
  if (name === 'id' || name.startsWith('id.')) return taken('“id” is the lead’s own id.')
  const standard = standardField(name)
  if (standard) return taken(`“${name}” is a standard field already: ${standard.label}.`)
  const meant = resolveAlias(name)
  if (meant !== name) return taken(`“${name}” is another name of the standard field “${meant}”.`)
  if (typeOfField(name) !== undefined) return taken(`“${name}” is kept for sensitive values.`)
  return undefined
}
