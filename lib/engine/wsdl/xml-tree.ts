import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** An element with its names resolved. */
export type Element = {
  namespace: string
  name: string
  attributes: Readonly<Record<string, string>>
  children: Element[]
  /** The namespace of a prefix as it is known here; the empty prefix is the default one. */
  namespaceOf: (prefix: string) => string
}

export type XmlProblem = { problem: string; line?: number; column?: number }

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  htmlEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
})

const deepest = 100
type Ordered = Record<string, unknown>

const plainReferences: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const dereferenced = (text: string) =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => plainReferences[name] ?? '')

function attributesOf(node: Ordered): Record<string, string> {
  const given = (node[':@'] ?? {}) as Record<string, unknown>
  const attributes: Record<string, string> = Object.create(null)
  for (const [name, value] of Object.entries(given)) attributes[name] = dereferenced(String(value))
  return attributes
}

const splitName = (name: string): [prefix: string, local: string] => {
  const at = name.indexOf(':')
  return at < 0 ? ['', name] : [name.slice(0, at), name.slice(at + 1)]
}

function elementOf(tag: string, node: Ordered, outer: Element['namespaceOf'], depth: number): Element {
  const attributes = attributesOf(node)
  const namespaceOf = (prefix: string) => attributes[prefix === '' ? 'xmlns' : `xmlns:${prefix}`] ?? outer(prefix)
  const [prefix, name] = splitName(tag)
  const inner = depth < deepest ? (node[tag] as Ordered[]) : []
  return {
    namespace: namespaceOf(prefix),
    name,
    attributes,
    namespaceOf,
    children: elementsIn(inner, namespaceOf, depth + 1),
  }
}

function elementsIn(nodes: readonly Ordered[], namespaceOf: Element['namespaceOf'], depth: number): Element[] {
  return nodes.flatMap((node) => {
    const tag = Object.keys(node).find((key) => key !== ':@' && !key.startsWith('#') && !key.startsWith('?'))
    return tag === undefined ? [] : [elementOf(tag, node, namespaceOf, depth)]
  })
}

const lineOf = (text: string, at: number) => {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** Reads a document without a DTD and without entities of its own; or says in words, and where, what is wrong. */
export function readXml(text: string): Element | XmlProblem {
  const source = text.replace(/^\ufeff/, '').trimStart()
  const doctype = source.search(/<!(?:DOCTYPE|ENTITY)/i)
  if (doctype >= 0) return { problem: 'It declares a DTD, which is not read.', ...lineOf(source, doctype) }
  if (source === '') return { problem: 'It is empty.' }
  const valid = XMLValidator.validate(source)
  if (valid !== true)
    return { problem: `${valid.err.msg.replace(/\.$/, '')}.`, line: valid.err.line, column: valid.err.col }
  try {
    const [root] = elementsIn(parser.parse(source) as Ordered[], () => '', 0)
    return root ?? { problem: 'It has no element.' }
  } catch (cause) {
    return { problem: `${cause instanceof Error ? cause.message : 'It does not parse'}.` }
  }
}

/** A name of an attribute's value with its prefix resolved: `{urn:x}AddLead`. */
export function qualifiedName(element: Element, value: string): string {
  const [prefix, local] = splitName(value.trim())
  return `{${element.namespaceOf(prefix)}}${local}`
}

export const localName = (qualified: string): string => qualified.slice(qualified.indexOf('}') + 1)
export const namespaceIn = (qualified: string): string => qualified.slice(1, qualified.indexOf('}'))

export const childrenOf = (element: Element | undefined, ...names: string[]): Element[] =>
  element?.children.filter(({ name }) => names.includes(name)) ?? []
