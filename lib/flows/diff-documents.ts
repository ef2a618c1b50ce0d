import type { FlowDocument } from '../engine/schema'

/** One thing that differs between two documents, in words; `path` points into the newer one (the older for `removed`). */
export type Change = {
  kind: 'added' | 'removed' | 'changed'
  path: string
  text: string
  before?: unknown
  after?: unknown
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Mappings are written in their order: a form and an XML document have it, too. */
const sameOrder = (a: unknown, b: unknown): boolean =>
  !isObject(a) || !isObject(b) || Object.keys(a).join('\n') === Object.keys(b).join('\n')

/**
 * Equal as JSON: an absent key is the same as an undefined one, and the order of keys says nothing but among mappings.
 */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => sameJson(item, b[index]))
  if (!isObject(a) || !isObject(b)) return a === b
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every(
    (key) => sameJson(a[key], b[key]) && (key !== 'mappings' || sameOrder(a[key], b[key])),
  )
}

type Listed<Item> = { items: Item[]; path: string; idOf: (item: Item) => string; nameOf: (item: Item) => string }

function indexed<Item>({ items, idOf }: Listed<Item>): Map<string, { item: Item; index: number }> {
  return new Map(items.map((item, index) => [idOf(item), { item, index }]))
}

/** Compares two lists whose items have a name of their own, so that a moved item is not a changed one. */
function diffList<Item>(before: Listed<Item>, after: Listed<Item>, words: (was: Item, is: Item) => string): Change[] {
  const old = indexed(before)
  const fresh = indexed(after)
  const changes: Change[] = []
  for (const [id, { item, index }] of fresh) {
    const was = old.get(id)?.item
    const path = `${after.path}.${index}`
    if (was === undefined) changes.push({ kind: 'added', path, text: `${after.nameOf(item)} added`, after: item })
    else if (!sameJson(was, item)) {
      changes.push({
        kind: 'changed',
        path,
        text: `${after.nameOf(item)} changed${words(was, item)}`,
        before: was,
        after: item,
      })
    }
  }
  for (const [id, { item, index }] of old) {
    if (!fresh.has(id)) {
      changes.push({
        kind: 'removed',
        path: `${before.path}.${index}`,
        text: `${before.nameOf(item)} removed`,
        before: item,
      })
    }
  }
  return changes
}

function diffOrder<Item>(before: Listed<Item>, after: Listed<Item>): Change[] {
  const old = indexed(before)
  const fresh = indexed(after)
  const was = before.items.map(before.idOf).filter((id) => fresh.has(id))
  const is = after.items.map(after.idOf).filter((id) => old.has(id))
  return sameJson(was, is)
    ? []
    : [{ kind: 'changed', path: after.path, text: 'Order of steps changed', before: was, after: is }]
}

const stepWords: Record<FlowDocument['steps'][number]['type'], string> = {
  filter: 'Filter',
  buyer: 'Buyer step',
  mapping: 'Mapping step',
  lookup: 'Look-up',
  duplicate_check: 'Duplicate check',
  suppression: 'Suppression step',
  distribution: 'Distribution',
}

const partNames: Record<string, string> = {
  stop_when: 'rule',
  outcome_of: 'outcome',
  set: 'fields it sets',
  when: 'condition',
  eligible_when: 'eligibility',
  conditional_delivery: 'hours, caps or quality',
  failover: 'failover',
  retry: 'retries',
  on_unknown: 'what follows an unknown end',
  partner_id: 'partner',
  standby: 'standby',
  weight: 'weight',
  strategy: 'strategy',
  sell_to: 'how many it sells to',
  parallel: 'whether it asks several at once',
  buyers: 'buyers',
  table: 'table',
  time_budget_seconds: 'time budget',
  connection: 'connection',
  delivery: 'delivery',
  email: 'mail',
  rules: 'activity or price',
  outcome: 'outcome',
  reason: 'reason',
  name: 'name',
}

function stepParts(was: FlowDocument['steps'][number], is: FlowDocument['steps'][number]): string {
  const a: Record<string, unknown> = { ...was }
  const b: Record<string, unknown> = { ...is }
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => !sameJson(a[key], b[key]))
  const parts = keys.map((key) => partNames[key] ?? key)
  return parts.length ? `: ${parts.join(', ')}` : ''
}

const wholes = [
  { key: 'acceptance', name: 'Acceptance criteria' },
  { key: 'price', name: 'Price' },
  { key: 'caps', name: 'Caps' },
  { key: 'succeed_when', name: 'Success rule' },
  { key: 'feedback', name: 'Feedback settings' },
] as const

function diffWholes(before: Partial<FlowDocument>, after: FlowDocument): Change[] {
  return wholes.flatMap(({ key, name }): Change[] => {
    const was = before[key]
    const is = after[key]
    if (sameJson(was, is)) return []
    if (was === undefined) return [{ kind: 'added', path: key, text: `${name} added`, after: is }]
    if (is === undefined) return [{ kind: 'removed', path: key, text: `${name} removed`, before: was }]
    return [{ kind: 'changed', path: key, text: `${name} changed`, before: was, after: is }]
  })
}

const fieldsOf = (document: Partial<FlowDocument>): Listed<FlowDocument['fields'][number]> => ({
  items: document.fields ?? [],
  path: 'fields',
  idOf: (field) => field.name,
  nameOf: (field) => `Field ${field.name}`,
})
const mappingsOf = (document: Partial<FlowDocument>): Listed<FlowDocument['mappings'][number]> => ({
  items: document.mappings ?? [],
  path: 'mappings',
  idOf: (mapping) => mapping.from,
  nameOf: (mapping) => `Mapping of ${mapping.from}`,
})
const stepsOf = (document: Partial<FlowDocument>): Listed<FlowDocument['steps'][number]> => ({
  items: document.steps ?? [],
  path: 'steps',
  idOf: (step) => step.id,
  nameOf: (step) => `${stepWords[step.type]} ${step.name}`,
})

/** What `after` changes of `before` (nothing at all when there was none), in words, field by field and step by step. */
export function diffDocuments(before: FlowDocument | undefined, after: FlowDocument): Change[] {
  const old: Partial<FlowDocument> = before ?? {}
  return [
    ...diffList(fieldsOf(old), fieldsOf(after), (was, is) =>
      was.type === is.type ? '' : `: ${was.type} is now ${is.type}`,
    ),
    ...diffList(mappingsOf(old), mappingsOf(after), (was, is) => `: ${was.to} is now ${is.to}`),
    ...diffWholes(old, after),
    ...diffList(stepsOf(old), stepsOf(after), stepParts),
    ...diffOrder(stepsOf(old), stepsOf(after)),
  ]
}
