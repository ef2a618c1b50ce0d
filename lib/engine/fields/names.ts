import { catalogue, typeOfField } from './catalogue/index'
import { storable } from './value'

/** Other names of standard fields, in lower case, and the fields they mean. */
export const aliases: Readonly<Record<string, string>> = Object.assign(
  Object.create(null),
  Object.fromEntries(catalogue.flatMap(({ name, aliases: others }) => others.map((alias) => [alias, name]))),
)

/** The standard field that a name stands for ("Zip_Code" → "postal_code", "Email" → "email"), or the name itself. */
export function resolveAlias(name: string): string {
  if (typeOfField(name) !== undefined) return name
  const lower = name.toLowerCase()
  return aliases[lower] ?? (typeOfField(lower) === undefined ? name : lower)
}

const maxName = 200

/** A field name as it is kept: trimmed, spaces as underscores, letter case as sent. */
export const normaliseName = (name: string): string => storable(name.trim().replace(/\s+/g, '_')).slice(0, maxName)

/** A key that could reach a prototype when names are nested again. */
export const isForbiddenKey = (key: string): boolean =>
  key === '__proto__' || key === 'constructor' || key === 'prototype'
