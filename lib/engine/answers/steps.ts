import { type Markup, type MarkupNode, textIn } from './markup'

/** Where a step goes from the nodes before it. */
export type Axis = 'child' | 'inside' | 'self-or-inside' | 'self' | 'parent' | 'next' | 'following'

/** Whether a node is meant; `position` counts, from 1, those that the step's test let through at one parent. */
type Predicate = (markup: Markup, at: number, position: number, size: number) => boolean

/** One step of a way through a document; `take` ends it at attributes. */
export type Step =
  | { axis: Axis; test: (node: MarkupNode) => boolean; predicates?: readonly Predicate[] }
  | { take: 'attribute'; name: string }
export type { Predicate }

export const isElement = (node: MarkupNode): boolean => node.text === undefined && node.parent >= 0
export const isText = (node: MarkupNode): boolean => node.text !== undefined

function* childrenOf(markup: Markup, at: number): Generator<number> {
  const end = markup[at]?.end ?? -1
  for (let child = at + 1; child <= end; child = (markup[child]?.end ?? child) + 1) yield child
}

/** All inside of the nodes, each once: `from` is sorted, so what one covers the next need not look through again. */
function* insideOf(markup: Markup, from: readonly number[], withSelf: boolean): Generator<number> {
  let covered = -1
  for (const at of from) {
    const end = markup[at]?.end ?? at
    for (let next = Math.max(withSelf ? at : at + 1, covered + 1); next <= end; next++) yield next
    covered = Math.max(covered, end)
  }
}

function* elementsAfter(markup: Markup, at: number): Generator<number> {
  const end = markup[markup[at]?.parent ?? -1]?.end ?? -1
  for (let next = (markup[at]?.end ?? at) + 1; next <= end; next = (markup[next]?.end ?? next) + 1) {
    const node = markup[next]
    if (node && isElement(node)) yield next
  }
}

/** Of siblings the first has all that follow, so that the others need not look again. */
function siblingsAfter(markup: Markup, from: readonly number[], onlyNext: boolean): number[] {
  if (onlyNext) return from.flatMap((at) => elementsAfter(markup, at).next().value ?? [])
  const seen = new Set<number>()
  return from.flatMap((at) => {
    const parent = markup[at]?.parent ?? -1
    if (seen.has(parent)) return []
    seen.add(parent)
    return [...elementsAfter(markup, at)]
  })
}

type Moving = Extract<Step, { axis: Axis }>

function kept(markup: Markup, candidates: Iterable<number>, { test, predicates = [] }: Moving): number[] {
  let found: number[] = []
  for (const at of candidates) {
    const node = markup[at]
    if (node && test(node)) found.push(at)
  }
  for (const predicate of predicates) {
    const all = found
    found = all.filter((at, index) => predicate(markup, at, index + 1, all.length))
  }
  return found
}

const parentsOf = (markup: Markup, from: readonly number[]): number[] =>
  [...new Set(from.map((at) => markup[at]?.parent ?? -1))].filter((at) => at >= 0).sort((a, b) => a - b)

/** Children of one parent are told apart by their position among them; other ways take all in one. */
function move(markup: Markup, from: readonly number[], step: Moving): number[] {
  switch (step.axis) {
    case 'child':
      return from.flatMap((at) => kept(markup, childrenOf(markup, at), step)).sort((a, b) => a - b)
    case 'inside':
    case 'self-or-inside':
      return kept(markup, insideOf(markup, from, step.axis !== 'inside'), step)
    case 'self':
      return kept(markup, from, step)
    case 'parent':
      return kept(markup, parentsOf(markup, from), step)
    default:
      return [...new Set(kept(markup, siblingsAfter(markup, from, step.axis === 'next'), step))].sort((a, b) => a - b)
  }
}

const mostFound = 100

/**
 * What stands at the end of a way that begins at some nodes, as text, in the order of the document; at most 100. The
 * time it takes grows with the document and with the steps, whatever either holds.
 */
export function valuesOnWay(markup: Markup, from: readonly number[], steps: readonly Step[]): string[] {
  let at = from
  for (const step of steps) {
    if ('take' in step) return attributesOf(markup, at, step.name)
    at = move(markup, at, step)
  }
  return at.slice(0, mostFound).map((found) => textIn(markup, found))
}

function attributesOf(markup: Markup, from: readonly number[], name: string): string[] {
  const values: string[] = []
  for (const at of from) {
    const attributes = markup[at]?.attributes ?? {}
    if (name === '*') values.push(...Object.values(attributes))
    else if (Object.hasOwn(attributes, name)) values.push(attributes[name] ?? '')
    if (values.length >= mostFound) break
  }
  return values.slice(0, mostFound)
}
