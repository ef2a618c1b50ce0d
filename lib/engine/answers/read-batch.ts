import { pathParts } from '../delivery/paths'
import { xmlAttribute, xmlText } from '../delivery/xml-text'
import type { ResponseSpec } from '../schema'
import type { Answer, Verdict } from '../types'
import { readBody } from './body'
import { valuesAt } from './json-path'
import type { Markup } from './markup'
import { compileAnswerPath } from './paths'
import { readAnswer } from './read-answer'
import { alertOf, isErrorStatus } from './status-words'
import { plainText } from './values'

/** What became of one lead of a batch. `own`: the answer says it of this lead, in `body`; else it is that of all. */
export type BatchVerdict = { verdict: Verdict; own?: { body: string } }

type Answered = Extract<Answer, { kind: 'answer' }>

const isGiven = (path: string | undefined): path is string => path !== undefined && path.trim() !== ''

/** An element as a document of its own. */
function elementText(markup: Markup, at: number): string {
  const node = markup[at]
  if (!node) return ''
  if (node.text !== undefined) return xmlText(node.text)
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${xmlAttribute(value)}"`)
  let inner = ''
  for (let next = at + 1; next <= node.end; next = (markup[next]?.end ?? next) + 1) inner += elementText(markup, next)
  return `<${node.name}${attributes.join('')}>${inner}</${node.name}>`
}

const childrenOf = (markup: Markup, at: number, name: string): number[] => {
  const found: number[] = []
  for (let next = at + 1; next <= (markup[at]?.end ?? 0); next = (markup[next]?.end ?? next) + 1) {
    if (markup[next]?.name === name) found.push(next)
  }
  return found
}

/** Elements on a way of names, with or without that of the root. */
function elementsAt(markup: Markup, parts: readonly string[]): number[] {
  const follow = (from: number[]) =>
    parts.reduce((found, name) => found.flatMap((at) => childrenOf(markup, at, name)), from)
  const fromTop = follow([0])
  const root = markup.findIndex(({ name }) => name !== '')
  return fromTop.length > 0 || root < 0 ? fromTop : follow([root])
}

/** The items of an answer, each as an answer by itself; undefined where there is no list at the path. */
export function itemsIn(spec: ResponseSpec, body: string): string[] | undefined {
  const { parser } = spec
  const path = parser?.items_path?.trim() ?? ''
  const parts = path === '$' ? [] : pathParts(path)
  if (!parser || !parts) return undefined
  const { json, markup, problem } = readBody(parser.type === 'xml' ? 'xml' : 'json', body)
  if (problem !== undefined) return undefined
  if (markup) {
    const found = elementsAt(
      markup,
      parts.map((name) => name.slice(name.indexOf(':') + 1)),
    )
    return found.length > 0 ? found.map((at) => elementText(markup, at)) : undefined
  }
  const [list] = valuesAt(json, parts)
  return Array.isArray(list) ? list.map((item) => JSON.stringify(item)) : undefined
}

const unknown = (answer: Answered, reason: string): BatchVerdict => ({
  verdict: { outcome: 'unknown', reason, statusCode: answer.status },
})

/** Ids of test leads carry a mark where they are sent. */
const bareId = (id: string) =>
  id
    .trim()
    .toLowerCase()
    .replace(/^test_/, '')

/** Which item is whose: by the event id that it names, or by its place. */
function placesOf(spec: ResponseSpec, items: readonly string[], eventIds: readonly string[]): (number | undefined)[] {
  const { item_event_path: path, type = 'json' } = spec.parser ?? {}
  if (!isGiven(path)) return eventIds.map((_, index) => (items.length === eventIds.length ? index : undefined))
  const read = compileAnswerPath(type, path)
  const at = new Map<string, number>()
  for (const [index, item] of items.entries()) {
    const [value] = 'problem' in read ? [] : read(readBody(type, item))
    const id = bareId(plainText(value))
    if (id !== '' && !at.has(id)) at.set(id, index)
  }
  return eventIds.map((id) => at.get(bareId(id)))
}

const wholeSpecs = new WeakMap<ResponseSpec, ResponseSpec>()

/** One price for all would be read as that of each lead, and is mostly the sum. */
function wholeSpec(spec: ResponseSpec): ResponseSpec {
  const known = wholeSpecs.get(spec)
  if (known) return known
  const { price_path: _, ...parser } = spec.parser ?? {}
  const made = spec.parser ? { ...spec, parser: { ...parser, type: spec.parser.type } } : spec
  wholeSpecs.set(spec, made)
  return made
}

const multiStatus = 207
const listSpecs = new WeakMap<ResponseSpec, ResponseSpec>()

/** “Multi-Status” says that each item says what became of it: it is no refusal, whichever codes are a success. */
function listSpec(spec: ResponseSpec): ResponseSpec {
  if (spec.success_codes.includes(multiStatus)) return spec
  const known = listSpecs.get(spec)
  if (known) return known
  const made = { ...spec, success_codes: [...spec.success_codes, multiStatus] }
  listSpecs.set(spec, made)
  return made
}

/**
 * What a buyer's answer to a batch means for each of its leads, in their order: the same for all, or, where the parser
 * says where the items are, that of its own item, read as an answer by itself. A lead that such an answer does not name
 * is unknown: the buyer may have it.
 */
export function readBatchAnswer(given: ResponseSpec, answer: Answer, eventIds: readonly string[]): BatchVerdict[] {
  const spec = isGiven(given.parser?.items_path) ? listSpec(given) : given
  const forAll = (verdict: Verdict) => eventIds.map(() => ({ verdict }))
  if (answer.kind !== 'answer' || !isGiven(spec.parser?.items_path)) return forAll(readAnswer(wholeSpec(spec), answer))
  const { status } = answer
  const isBroken = isErrorStatus(status) || alertOf(status) !== undefined || spec.error_codes?.includes(status) === true
  const items = isBroken && !spec.success_codes.includes(status) ? undefined : itemsIn(spec, answer.body)
  if (!items) {
    if (!spec.success_codes.includes(status)) return forAll(readAnswer(wholeSpec(spec), answer))
    return eventIds.map(() => unknown(answer, `The answer has no list at “${spec.parser?.items_path}”.`))
  }
  return placesOf(spec, items, eventIds).map((at): BatchVerdict => {
    const body = at === undefined ? undefined : items[at]
    if (body === undefined) return unknown(answer, 'The answer does not name this lead.')
    return { verdict: readAnswer(spec, { ...answer, body }), own: { body } }
  })
}
