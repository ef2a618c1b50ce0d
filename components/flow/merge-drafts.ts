import type { FlowDocument } from '@/lib/engine/schema'
import { sameJson } from '@/lib/flows/schema'

/*
 * A draft is merged part by part: each step, field and inbound mapping is one, and each setting of the flow. Within a
 * part a person chooses; a machine would make a step that nobody meant.
 */

type Parts = Map<string, unknown>
export type Side = 'mine' | 'theirs'

/** A part that both changed, each in another way. `undefined` is a part that was taken out. */
export type Conflict = { key: string; base: unknown; mine: unknown; theirs: unknown }

const lists = [
  { name: 'fields', kind: 'field', idOf: (item: FlowDocument['fields'][number]) => item.name },
  { name: 'mappings', kind: 'mapping', idOf: (item: FlowDocument['mappings'][number]) => item.from },
  { name: 'steps', kind: 'step', idOf: (item: FlowDocument['steps'][number]) => item.id },
] as const

const listNames: ReadonlySet<string> = new Set(lists.map(({ name }) => name))
const idsOf = (document: FlowDocument, { name, idOf }: (typeof lists)[number]): string[] =>
  (document[name] as never[]).map(idOf as (item: never) => string)

function partsOf(document: FlowDocument): Parts {
  const parts: Parts = new Map()
  for (const list of lists) {
    const items: readonly unknown[] = document[list.name]
    for (const [index, id] of idsOf(document, list).entries()) parts.set(`${list.kind}:${id}`, items[index])
  }
  for (const [key, value] of Object.entries(document)) if (!listNames.has(key)) parts.set(key, value)
  return parts
}

/** The ids that two orders share, in the order of the first. */
const shared = (order: readonly string[], other: readonly string[]) => order.filter((id) => other.includes(id))

/** One order of the wanted ids: that of `main`, with what only the other has put behind its neighbour there. */
function joinedOrder(main: readonly string[], other: readonly string[], wanted: ReadonlySet<string>): string[] {
  const order = main.filter((id) => wanted.has(id))
  for (const [index, id] of other.entries()) {
    if (!wanted.has(id) || order.includes(id)) continue
    const before = other.slice(0, index).findLast((neighbour) => order.includes(neighbour))
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, id)
  }
  return order
}

type Choose = (key: string) => Side

class Merge {
  readonly conflicts: Conflict[] = []
  private readonly choose: Choose
  constructor(choose: Choose) {
    this.choose = choose
  }

  /** What becomes of one part. */
  of(key: string, base: unknown, mine: unknown, theirs: unknown): unknown {
    if (sameJson(mine, theirs) || sameJson(base, theirs)) return mine
    if (sameJson(base, mine)) return theirs
    this.conflicts.push({ key, base, mine, theirs })
    return this.choose(key) === 'mine' ? mine : theirs
  }
}

/**
 * What comes of two drafts that were both made of `base`: everything that only one of them changed, and of what both
 * changed the side that is chosen (`mine` when nobody is asked). The conflicts tell what was chosen between.
 */
export function mergeDrafts(
  base: FlowDocument,
  mine: FlowDocument,
  theirs: FlowDocument,
  choose: Choose = () => 'mine',
): { document: FlowDocument; conflicts: Conflict[] } {
  const merge = new Merge(choose)
  const [b, m, t] = [partsOf(base), partsOf(mine), partsOf(theirs)]
  const kept: Parts = new Map()
  for (const key of new Set([...b.keys(), ...m.keys(), ...t.keys()])) {
    const value = merge.of(key, b.get(key), m.get(key), t.get(key))
    if (value !== undefined) kept.set(key, value)
  }
  const plain = [...kept].filter(([key]) => !lists.some(({ kind }) => key.startsWith(`${kind}:`)))
  const listed = lists.map((list) => {
    const ids = [base, mine, theirs].map((document) => idsOf(document, list)) as [string[], string[], string[]]
    const [was, my, their] = ids
    const hasMoved = (order: string[]) => !sameJson(shared(order, was), shared(was, order))
    const common = (order: string[]) => shared(shared(order, was), shared(my, their))
    const isTorn = hasMoved(my) && hasMoved(their) && !sameJson(common(my), common(their))
    const isMine = isTorn ? merge.of(`order:${list.name}`, was, my, their) === my : hasMoved(my) || !hasMoved(their)
    const wanted = new Set(
      [...kept.keys()].filter((key) => key.startsWith(`${list.kind}:`)).map((key) => key.slice(list.kind.length + 1)),
    )
    const order = isMine ? joinedOrder(my, their, wanted) : joinedOrder(their, my, wanted)
    return [list.name, order.map((id) => kept.get(`${list.kind}:${id}`))] as const
  })
  const document = { ...Object.fromEntries(plain), ...Object.fromEntries(listed) } as FlowDocument
  return { document, conflicts: merge.conflicts }
}

const wholeNames: Record<string, string> = {
  acceptance: 'Acceptance criteria',
  price: 'What sources are paid',
  succeed_when: 'When the answer is success',
  feedback: 'Feedback',
  'order:steps': 'Order of the steps',
  'order:fields': 'Order of the fields',
  'order:mappings': 'Order of the inbound names',
}

/** A part as people call it. */
export function partName(key: string, ...documents: readonly FlowDocument[]): string {
  const [kind = '', ...rest] = key.split(':')
  const id = rest.join(':')
  if (kind === 'field') return `Field ${id}`
  if (kind === 'mapping') return `Inbound name ${id}`
  if (kind !== 'step') return wholeNames[key] ?? key.replaceAll('_', ' ')
  return documents.flatMap(({ steps }) => steps).find((step) => step.id === id)?.name ?? id
}
