import type { MissingSecret } from './schema'

/*
 * A configuration that travels holds no secret but names it: `{{secret.NAME}}`, as an export writes it, or the
 * `process.env.NAME` of somebody's code. Within authentication, signing and certificates such a name stands for the
 * value itself, which is asked for; elsewhere it is a variable like any other.
 */

const name = '([A-Za-z_][A-Za-z0-9_]*)'
const variable = String.raw`process\.env(?:\.${name}|\[\s*["']${name}["']\s*\])`
const whole = new RegExp(
  String.raw`^\s*(?:\{\{\s*secret\.${name}\s*\}\}|\$\{\s*${variable}\s*\}|${variable}|\$\{${name}\})\s*$`,
)
const within = new RegExp(String.raw`\$\{\s*${variable}\s*\}|${variable}`, 'g')
const valuePlace = /(?:^|\.)(?:auth|signing|client_certificate|security)\.|(?:^|\.)url$/

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isRef = (value: unknown): value is { secret: string } =>
  isObject(value) && typeof value['secret'] === 'string' && Object.keys(value).length === 1

type Visit = (value: unknown, path: string) => { instead: unknown } | undefined

/** The same value with some of what is in it replaced, wherever `visit` says so. */
function rewritten(value: unknown, path: string, visit: Visit): unknown {
  const found = visit(value, path)
  if (found) return found.instead
  const below = (key: string | number) => (path === '' ? String(key) : `${path}.${key}`)
  if (Array.isArray(value)) return value.map((item, index) => rewritten(item, below(index), visit))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rewritten(item, below(key), visit)]))
}

const nameIn = (text: string): string | undefined =>
  whole
    .exec(text)
    ?.slice(1)
    .find((part) => part !== undefined)

/** "steps.0.connection.endpoint.auth.token" of the step Premium → "PREMIUM_TOKEN". */
function madeName(path: string, steps: unknown, taken: ReadonlySet<string>): string {
  const index = Number(/^steps\.(\d+)\./.exec(path)?.[1] ?? Number.NaN)
  const step = Array.isArray(steps) ? (steps[index] as { id?: unknown } | undefined) : undefined
  const key = path.split('.').at(-1) ?? 'secret'
  const base = [step?.id, key]
    .filter((part) => typeof part === 'string')
    .join('_')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .replace(/^(?=\d)/, '_')
    .toUpperCase()
  let made = base
  for (let number = 2; taken.has(made); number++) made = `${base}_${number}`
  return made
}

/** The document with the name of each secret in place of its reference. The same secret has one name. */
export function withoutSecrets<Document extends { steps: unknown }>(document: Document): Record<string, unknown> {
  const names = new Map<string, string>()
  return rewritten(document, '', (value, path) => {
    if (!isRef(value)) return undefined
    const known = names.get(value.secret) ?? madeName(path, document.steps, new Set(names.values()))
    names.set(value.secret, known)
    return { instead: `{{secret.${known}}}` }
  }) as Record<string, unknown>
}

const labelOf = (path: string): string => {
  const key = (path.split('.').at(-1) ?? '').replaceAll('_', ' ')
  return key.charAt(0).toUpperCase() + key.slice(1)
}

/**
 * Puts given secrets where a document names them, and tells which are missing. References that `isKnown` (they are the
 * account's own) stay as they are, and so do names that the account keeps a secret under.
 */
export function withSecrets(
  document: Record<string, unknown>,
  given: Readonly<Record<string, string>>,
  isKnown: (ref: string) => boolean,
  kept: ReadonlySet<string>,
): { document: Record<string, unknown>; missing: MissingSecret[] } {
  const missing = new Map<string, MissingSecret>()
  const names = new Map<string, string>()
  const asked = (wanted: string, path: string) => {
    const value = Object.hasOwn(given, wanted) ? given[wanted] : undefined
    if (value) return { instead: value }
    if (kept.has(wanted)) return { instead: `{{secret.${wanted}}}` }
    if (!missing.has(wanted)) missing.set(wanted, { name: wanted, path, label: labelOf(path) })
    return { instead: `{{secret.${wanted}}}` }
  }
  const ofRef = (ref: { secret: string }, path: string) => {
    if (isKnown(ref.secret)) return { instead: ref }
    const called = names.get(ref.secret) ?? madeName(path, document['steps'], new Set(names.values()))
    names.set(ref.secret, called)
    return asked(called, path)
  }
  const ofText = (text: string, path: string) => {
    const wanted = valuePlace.test(path) ? nameIn(text) : undefined
    return wanted === undefined ? { instead: asVariables(text) } : asked(wanted, path)
  }
  const filled = rewritten(document, '', (value, path) => {
    if (isRef(value)) return ofRef(value, path)
    return typeof value === 'string' ? ofText(value, path) : undefined
  })
  return { document: filled as Record<string, unknown>, missing: [...missing.values()] }
}

/** `Bearer ${process.env.TOKEN}` → `Bearer {{secret.TOKEN}}`. */
const asVariables = (text: string): string =>
  text.replaceAll(within, (_, ...parts: unknown[]) => `{{secret.${parts.find(Boolean)}}}`)
