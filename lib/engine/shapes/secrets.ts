import { z } from 'zod'

/** What a document holds in place of a secret. */
const SecretRef = z.strictObject({ secret: z.string().min(1) })
export type SecretRef = z.infer<typeof SecretRef>

/** A reference; or text: a value not sealed yet, or `{{secret.NAME}}` for one that the account keeps by name. */
export type Secret = SecretRef | string

/** What a secret is called, and whether its text is kept to the last space (a password) or trimmed (a pasted token). */
type Kept = { name: string; asTyped: boolean }
const kept = z.registry<Kept>()

/** The shape of a secret. `secretsIn` finds every value of it in a document. */
export const secretText = (name: string, { asTyped = false } = {}) =>
  z.union([SecretRef, z.string().max(50_000)]).register(kept, { name, asTyped })

const byName = /^\s*\{\{-?\s*secret\.([A-Za-z][A-Za-z0-9_]{0,63})\s*-?\}\}\s*$/

/** The name in `{{secret.NAME}}`, when a secret is nothing but that. */
export const nameOfSecret = (secret: Secret): string | undefined =>
  typeof secret === 'string' ? byName.exec(secret)?.[1] : undefined

/** One secret of a document: where it stands, what it is called, and what is there. */
export type SecretPlace = { path: string[]; name: string; asTyped: boolean; value: Secret }

type Node = z.core.$ZodTypes
type Held = [key: string, schema: z.core.$ZodType, value: unknown]

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Schemas around a schema that change nothing about where its values stand. */
function unwrapped(schema: z.core.$ZodType): Node {
  const node = schema as Node
  const { def } = node._zod
  switch (def.type) {
    case 'optional':
    case 'default':
    case 'prefault':
    case 'nullable':
    case 'readonly':
      return unwrapped(def.innerType)
    case 'lazy':
      return unwrapped(def.getter())
    default:
      return node
  }
}

const isMarked = (option: Node, marker: string, mark: unknown): boolean => {
  if (option._zod.def.type !== 'object') return false
  const literal = option._zod.def.shape[marker] as Node | undefined
  return literal?._zod.def.type === 'literal' && literal._zod.def.values.includes(mark as string)
}

/** What a value holds, each with its schema. Of unions only those are followed that a marker tells apart. */
function held(node: Node, value: unknown): Held[] {
  const { def } = node._zod
  if (def.type === 'array' && Array.isArray(value)) return value.map((item, index) => [`${index}`, def.element, item])
  if (!isObject(value)) return []
  if (def.type === 'object') {
    return Object.entries(def.shape).flatMap(([key, inner]): Held[] => (key in value ? [[key, inner, value[key]]] : []))
  }
  if (def.type === 'record') return Object.entries(value).map(([key, item]) => [key, def.valueType, item])
  if (def.type !== 'union' || !('discriminator' in def)) return []
  const marker = String(def.discriminator)
  const option = def.options.map(unwrapped).find((one) => isMarked(one, marker, value[marker]))
  return option ? held(option, value) : []
}

/** Every secret of a value that has the shape of `schema`, in order. Safe in the browser. */
export function secretsIn(schema: z.core.$ZodType, value: unknown, path: string[] = []): SecretPlace[] {
  if (value === undefined || value === null) return []
  const node = unwrapped(schema)
  const found = kept.get(node)
  if (found) return [{ ...found, path, value: value as Secret }]
  return held(node, value).flatMap(([key, inner, item]) => secretsIn(inner, item, [...path, key]))
}

/** The same value with another secret at one place; nothing else is copied or changed. */
export function withSecretAt<T>(value: T, [key, ...rest]: readonly string[], secret: Secret): T {
  if (key === undefined) return secret as T
  const inner = (value as Record<string, unknown>)[key]
  const changed = withSecretAt(inner, rest, secret)
  if (Array.isArray(value)) return value.with(Number(key), changed) as T
  return { ...value, [key]: changed }
}
