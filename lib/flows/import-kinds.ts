import { defaultDocument, type FlowDocument, undeclaredFields } from '../engine/index'
import { type Issue, invalid, type Refusal } from '../errors'
import { err, ok, type Result } from '../result'
import { exportFormat, type ImportedFlow } from './schema'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What was pasted, understood: a document still to be checked, and how its paths are called where it was pasted. */
export type Understood = {
  kind: ImportedFlow['kind']
  name?: string
  document: Record<string, unknown>
  /** The path in what was pasted for one in the document. */
  pastedPath: (path: string) => string
}

type Kind = {
  /** The name under which the field's guides keep it: `const manualBuyerConfig = …`. */
  alias: string
  recognises: (value: Record<string, unknown>) => boolean
  understand: (value: Record<string, unknown>, prefix: string) => Understood
}

const under = (prefix: string, path: string) => (prefix && path ? `${prefix}.${path}` : prefix || path)
const cut = (path: string, start: string) => (path.startsWith(`${start}.`) ? path.slice(start.length + 1) : path)

const hostOf = (url: unknown): string => {
  const text = typeof url === 'string' && URL.canParse(url) ? new URL(url).host : ''
  return text || 'Imported buyer'
}

const stepIdOf = (name: string): string => {
  const id = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 56)
  return /^[a-z]/.test(id) ? id : `buyer-${id}`.replace(/-$/, '')
}

const buyerAt = 'steps.0.connection'
const buyerParts = ['endpoint', 'request', 'response']

/** `manualBuyerConfig`: endpoint, request and response of one buyer, configured by hand. */
const buyer: Kind = {
  alias: 'manualBuyerConfig',
  recognises: (value) => 'endpoint' in value || ('request' in value && !('steps' in value)),
  understand: (value, prefix) => {
    const { name: given, ...config } = value
    const endpoint = config['endpoint']
    const name =
      typeof given === 'string' && given.trim() !== '' ? given : hostOf(isObject(endpoint) ? endpoint['url'] : '')
    const step = { id: stepIdOf(name), type: 'buyer', name, connection: { method: 'manual', ...config } }
    return {
      kind: 'buyer',
      name,
      document: { ...defaultDocument(), steps: [step] },
      pastedPath: (path) => under(prefix, cut(path, buyerAt)),
    }
  },
}

/** A whole flow document, bare or as it was exported. */
const flow: Kind = {
  alias: 'flow',
  recognises: (value) => 'steps' in value || 'fields' in value || 'document' in value,
  understand: (value, prefix) => {
    if (!isObject(value['document']))
      return { kind: 'flow', document: value, pastedPath: (path) => under(prefix, path) }
    return {
      kind: 'flow',
      ...(typeof value['name'] === 'string' && { name: value['name'] }),
      document: value['document'],
      pastedPath: (path) => under(prefix, under('document', path)),
    }
  },
}

const kinds = [flow, buyer]

/** What the field's guides show beside `manualBuyerConfig`, and which part of the buyer's step it is. */
const stepParts: Readonly<Record<string, string>> = {
  conditionalDelivery: 'conditional_delivery',
  failoverConfig: 'failover',
}

/** The buyer with what was pasted beside it: when it takes leads, and who stands in for it. */
function withParts(understood: Understood, parts: [string, unknown][]): Understood {
  const [step] = understood.document['steps'] as Record<string, unknown>[]
  const given = Object.fromEntries(parts.map(([key, part]) => [stepParts[key], part]))
  // The name by which the guide's failover calls the buyer is the name by which others can call it, too.
  const main = isObject(given['failover']) ? given['failover']['primary_buyer'] : undefined
  const steps = [{ ...step, ...given, ...(typeof main === 'string' && { id: main }) }]
  const pastedPath = (path: string) => {
    const part = parts.find(([key]) => `${path}.`.startsWith(`steps.0.${stepParts[key]}.`))
    return part ? `${part[0]}${path.slice(`steps.0.${stepParts[part[0]]}`.length)}` : understood.pastedPath(path)
  }
  return { ...understood, document: { ...understood.document, steps }, pastedPath }
}

const unknownShape = (): Refusal =>
  invalid('This is no flow and no configuration of a buyer.', [
    { path: '', message: `Give a flow document with “steps”, or a buyer with “${buyerParts.join('”, “')}”.` },
  ])

function strayKeys(value: Record<string, unknown>): Issue[] {
  if (!isObject(value['document'])) return []
  const { format, name: _, document: __, ...stray } = value
  const keys = Object.keys(stray).map((path) => ({ path, message: 'There is no such part of an exported flow.' }))
  if (format === undefined || format === exportFormat) return keys
  return [...keys, { path: 'format', message: `This installation reads ${exportFormat}.` }]
}

/** What a pasted value is, or why it is nothing that can be imported. */
export function understand(value: unknown): Result<Understood> {
  if (!isObject(value)) return err(unknownShape())
  const stray = strayKeys(value)
  if (stray.length > 0) return err(invalid('Some of what was pasted is not known.', stray))
  const kind = kinds.find((candidate) => candidate.recognises(value))
  if (kind) return ok(kind.understand(value, ''))
  const entries = Object.entries(value)
  const isPart = ([name]: [string, unknown]) => Object.hasOwn(stepParts, name)
  const [[key, inner] = ['', undefined], ...found] = entries.filter((entry) => !isPart(entry))
  const wrapped = kinds.find(({ alias }) => alias === key) ?? (found.length === 0 ? kindOf(inner) : undefined)
  if (!wrapped || !isObject(inner)) return err(unknownShape())
  const parts = entries.filter(isPart)
  const others = wrapped === buyer ? found : [...parts, ...found]
  const rest = others.map(([path]) => ({
    path,
    message: 'This part can’t be imported yet. Take it out, then try again.',
  }))
  if (rest.length > 0) return err(invalid('Some of what was pasted is not known.', rest))
  const understood = wrapped.understand(inner, key)
  return ok(parts.length > 0 ? withParts(understood, parts) : understood)
}

const kindOf = (value: unknown): Kind | undefined =>
  isObject(value) ? kinds.find((kind) => kind.recognises(value)) : undefined

/** The document with the standard fields that its steps read and it does not declare. */
export function withFieldsRead(document: FlowDocument): { document: FlowDocument; added: string[] } {
  const added = undeclaredFields(document)
  return {
    document: added.length > 0 ? { ...document, fields: [...document.fields, ...added] } : document,
    added: added.map(({ name }) => name),
  }
}
