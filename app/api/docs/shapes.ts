import type { FieldRow, Shape } from './_components/types'

export type Schema = {
  $ref?: string
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  additionalProperties?: boolean | Schema
  format?: string
  description?: string
  default?: unknown
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  maxItems?: number
}

const nameOf = (ref: string): string => ref.split('/').at(-1) ?? ref

/** The name of the shape that a schema is, or is a list of. */
function shapeNameOf(schema: Schema): string | undefined {
  if (schema.$ref) return nameOf(schema.$ref)
  if (schema.items) return shapeNameOf(schema.items)
  const named = choices(schema).filter((choice) => choice.$ref)
  return named.length === 1 && named[0]?.$ref ? nameOf(named[0].$ref) : undefined
}

const isNull = (schema: Schema): boolean => schema.type === 'null'
const choices = (schema: Schema): Schema[] =>
  (schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []).filter((choice) => !isNull(choice))

function simpleType(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  const types = [schema.type ?? 'anything'].flat().filter((type) => type !== 'null')
  return types
    .map((type) => (type === 'string' && schema.format ? (formats[schema.format] ?? type) : type))
    .join(' or ')
}

const formats: Record<string, string> = { uuid: 'uuid', 'date-time': 'time', email: 'email', uri: 'URL' }

function typeOf(schema: Schema): string {
  if (schema.$ref) return nameOf(schema.$ref)
  const several = choices(schema)
  if (several.length > 0) return [...new Set(several.map(typeOf))].join(' or ')
  if (schema.items) return `list of ${typeOf(schema.items)}`
  if (schema.type === 'object' && typeof schema.additionalProperties === 'object') {
    return `map of ${typeOf(schema.additionalProperties)}`
  }
  return simpleType(schema)
}

const isNullable = (schema: Schema): boolean =>
  [schema.type].flat().includes('null') || [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].some(isNull)

const worthSaying = (value: unknown): boolean =>
  value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0) && typeof value !== 'object'

function notesOf(schema: Schema): string[] {
  return [
    ...(isNullable(schema) ? ['may be null'] : []),
    ...(worthSaying(schema.default) ? [`default ${JSON.stringify(schema.default)}`] : []),
    ...(schema.minimum !== undefined && Math.abs(schema.minimum) < 1e9 ? [`at least ${schema.minimum}`] : []),
    ...(schema.maximum !== undefined && schema.maximum < 1e9 ? [`at most ${schema.maximum}`] : []),
    ...(schema.minLength && schema.minLength > 1 ? [`at least ${schema.minLength} characters`] : []),
    ...(schema.maxLength ? [`at most ${schema.maxLength} characters`] : []),
    ...(schema.maxItems ? [`at most ${schema.maxItems}`] : []),
  ]
}

/** Fields inside a field that has no name of its own to link to. */
function childrenOf(schema: Schema): FieldRow[] {
  if (schema.$ref) return []
  if (schema.items) return childrenOf(schema.items)
  const only = choices(schema)
  if (only.length === 1 && only[0]) return childrenOf(only[0])
  if (only.length > 1) return only.every((choice) => choice.$ref) ? [] : only.flatMap(variantRows)
  if (typeof schema.additionalProperties === 'object') return childrenOf(schema.additionalProperties)
  return fieldsOf(schema)
}

/** Alternatives inside a field are told apart by the word that each is bound to. */
function variantRows(schema: Schema): FieldRow[] {
  const fields = childrenOf(schema)
  const bound = fields.find((field) => /^"[^"]*"$/.test(field.type))
  if (!bound) return fields
  const rest = fields.filter((field) => field !== bound)
  return [{ name: `${bound.name}: ${bound.type}`, type: 'one way', required: false, notes: [], children: rest }]
}

export function rowOf(name: string, schema: Schema, required: boolean): FieldRow {
  const shape = shapeNameOf(schema)
  const children = childrenOf(schema)
  return {
    name,
    type: typeOf(schema),
    required,
    notes: notesOf(schema),
    ...(schema.description && { description: schema.description }),
    ...(shape && { shape }),
    ...(children.length > 0 && { children }),
  }
}

const fieldsOf = (schema: Schema): FieldRow[] =>
  Object.entries(schema.properties ?? {}).map(([name, field]) =>
    rowOf(name, field, schema.required?.includes(name) ?? false),
  )

/** What a schema of the document is made of, as rows. */
export function shapeOf(schema: Schema): Shape {
  if (schema.$ref) return { fields: [], either: [], name: nameOf(schema.$ref) }
  const several = choices(schema)
  if (several.length > 1) {
    const either = several.map((choice) => ({
      label: typeOf(choice),
      ...(choice.$ref && { shape: nameOf(choice.$ref) }),
      fields: choice.$ref ? [] : fieldsOf(choice),
    }))
    return { fields: [], either }
  }
  const fields = fieldsOf(several[0] ?? schema)
  return { fields, either: [], ...(fields.length === 0 && { words: typeOf(schema) }) }
}
