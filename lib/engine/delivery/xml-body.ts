import { textOf } from '../names/scope'
import type { Placed } from './targets'
import { type Branch, isBranch, listOf, treeOf } from './tree'
import { cdataText, isXmlName, xmlAttribute, xmlName, xmlText } from './xml-text'

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>'

/** The name of an element and its attributes as they stand after it: ` xmlns="urn:x"`. */
export type XmlRoot = { name: string; attributes: string }

/** Says for a path of elements whether what is below it goes as XML in a text; for SOAP's text arguments. */
export type IsText = (path: string) => boolean
const never: IsText = () => false

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

type Content = { attributes: string; inner: string }

function addPart(to: Content, name: string, value: unknown, path: string, isText: IsText): void {
  if (name.startsWith('@')) to.attributes += ` ${xmlName(name.slice(1))}="${xmlAttribute(textOf(value))}"`
  else if (name === '#text') to.inner += xmlText(textOf(value))
  else if (name === '#cdata') to.inner += `<![CDATA[${cdataText(textOf(value))}]]>`
  else to.inner += elements(xmlName(name), value, path === '' ? name : `${path}.${name}`, isText)
}

/** Attributes and inside of an element. Numbers among names are written as siblings would be: they have no name here. */
function contentOf(entries: Iterable<[unknown, unknown]>, path: string, isText: IsText): Content {
  const content: Content = { attributes: '', inner: '' }
  for (const [part, value] of entries) addPart(content, String(part), value, path, isText)
  return content
}

function element(name: string, { attributes, inner }: Content): string {
  return inner === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${inner}</${name}>`
}

function branchElements(name: string, branch: Branch, path: string, isText: IsText): string {
  const siblings = listOf(branch)
  if (siblings) return siblings.map((one) => elements(name, one, path, isText)).join('')
  const content = contentOf(branch, path, isText)
  if (isText(path)) content.inner = xmlText(content.inner)
  return element(name, content)
}

/** A value as one element, or as siblings when there are several. */
function elements(name: string, value: unknown, path: string, isText: IsText): string {
  if (isBranch(value)) return branchElements(name, value, path, isText)
  if (Array.isArray(value)) return value.map((one) => elements(name, one, path, isText)).join('')
  if (isObject(value)) return element(name, contentOf(Object.entries(value), path, isText))
  return element(name, { attributes: '', inner: xmlText(textOf(value)) })
}

/** Elements of values at their paths, inside of a root. */
export function xmlElement(root: XmlRoot, placed: readonly Placed[], isText: IsText = never): string {
  const { attributes, inner } = contentOf(treeOf(placed), '', isText)
  return element(root.name, { attributes: root.attributes + attributes, inner })
}

/** Elements side by side, without a root. */
export const xmlElements = (placed: readonly Placed[]): string => contentOf(treeOf(placed), '', never).inner

/**
 * XML of values at their paths. Without a root the first part of the paths is the root; nothing to write leaves the
 * declaration alone.
 */
export function xmlBody(root: XmlRoot | undefined, placed: readonly Placed[]): string {
  if (root) return `${xmlDeclaration}\n${xmlElement(root, placed)}`
  const [first] = placed
  if (!first) return xmlDeclaration
  const name = String(first.parts[0])
  const isShared = placed.every(({ parts }) => parts.length > 1 && parts[0] === name && typeof parts[1] !== 'number')
  if (isShared) return `${xmlDeclaration}\n${xmlElements(placed)}`
  return `${xmlDeclaration}\n${xmlElement({ name: 'lead', attributes: '' }, placed)}`
}

const attributePattern = /\s+([^\s=<>"'/]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y

const entityWords: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const unescaped = (text: string) =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, word: string) => entityWords[word] ?? '')

/** Reads `lead xmlns="urn:x" version='1'`, with or without angle brackets; or says what is wrong with it. */
export function parseRoot(source: string): XmlRoot | { problem: string } {
  const text = source.trim().replace(/^<(.*?)\/?>$/s, '$1')
  const name = /^[^\s=<>"'/]+/.exec(text)?.[0] ?? ''
  if (!isXmlName(name)) {
    return { problem: `“${name || text}” can’t name an element. Start with a letter, without spaces.` }
  }
  let attributes = ''
  const seen = new Set<string>()
  attributePattern.lastIndex = name.length
  let at = name.length
  for (let found = attributePattern.exec(text); found; found = attributePattern.exec(text)) {
    const [, key = '', double, single] = found
    if (!isXmlName(key)) return { problem: `“${key}” can’t name an attribute.` }
    if (seen.has(key)) return { problem: `The attribute “${key}” stands twice.` }
    seen.add(key)
    attributes += ` ${key}="${xmlAttribute(unescaped(double ?? single ?? ''))}"`
    at = attributePattern.lastIndex
  }
  if (text.slice(at).trim() !== '') {
    return { problem: `Attributes are written as name="value" (character ${at + 1}).` }
  }
  return { name, attributes }
}
