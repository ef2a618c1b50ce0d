import type { WsdlArgument } from '../types'
import { childrenOf, type Element, localName, qualifiedName } from './xml-tree'

type Declared = { element: Element; qualified: boolean }

/** What the schemas of a WSDL declare, by qualified name. */
export type SchemaTypes = {
  elements: Map<string, Declared>
  types: Map<string, Element>
}

const schemaNamespace = 'http://www.w3.org/2001/XMLSchema'
const mostArguments = 500
const deepest = 8

/** Gathers the global elements and types of schemas. */
export function schemaTypes(schemas: readonly Element[]): SchemaTypes {
  const found: SchemaTypes = { elements: new Map(), types: new Map() }
  for (const schema of schemas) {
    const target = schema.attributes['targetNamespace'] ?? ''
    const qualified = schema.attributes['elementFormDefault'] === 'qualified'
    for (const element of schema.children) {
      const name = `{${target}}${element.attributes['name'] ?? ''}`
      if (element.name === 'element') found.elements.set(name, { element, qualified })
      if (element.name === 'complexType' || element.name === 'simpleType') found.types.set(name, element)
    }
  }
  return found
}

type Walk = { types: SchemaTypes; found: WsdlArgument[]; seen: ReadonlySet<Element> }
type At = { path: string; required: boolean; many: boolean }

/** Sequences, choices and what an extension adds, in the order of the schema. */
function particlesOf(type: Element, types: SchemaTypes, depth = 0): { element: Element; optional: boolean }[] {
  if (depth > deepest) return []
  return type.children.flatMap((child) => {
    if (child.name === 'element') return [{ element: child, optional: type.name === 'choice' }]
    if (child.name === 'extension') {
      const base = types.types.get(qualifiedName(child, child.attributes['base'] ?? ''))
      return [...(base ? particlesOf(base, types, depth + 1) : []), ...particlesOf(child, types, depth + 1)]
    }
    const isGroup = ['sequence', 'all', 'choice', 'complexContent', 'restriction'].includes(child.name)
    return isGroup ? particlesOf(child, types, depth + 1) : []
  })
}

const valuesOf = (simple: Element): string[] =>
  childrenOf(childrenOf(simple, 'restriction')[0], 'enumeration').map(({ attributes }) => attributes['value'] ?? '')

/** The built-in type that a simple type restricts. */
function baseOf(simple: Element, types: SchemaTypes, depth = 0): string {
  const restriction = childrenOf(simple, 'restriction')[0]
  if (!restriction || depth > deepest) return 'string'
  const base = qualifiedName(restriction, restriction.attributes['base'] ?? '')
  const further = types.types.get(base)
  return further?.name === 'simpleType' ? baseOf(further, types, depth + 1) : localName(base)
}

function typeOf(element: Element, types: SchemaTypes): Element | string {
  const inline = childrenOf(element, 'complexType', 'simpleType')[0]
  if (inline) return inline
  const named = element.attributes['type']
  if (named === undefined) return 'string'
  const qualified = qualifiedName(element, named)
  return types.types.get(qualified) ?? localName(qualified)
}

function addLeaf(type: Element | string, at: At, { types, found }: Walk): void {
  const values = typeof type === 'string' ? [] : valuesOf(type)
  const name = typeof type === 'string' ? type : type.name === 'simpleType' ? baseOf(type, types) : 'anyType'
  found.push({ ...at, type: name, ...(values.length > 0 && { values }) })
}

function walkType(type: Element | string, at: At, walk: Walk): void {
  const particles = typeof type === 'string' ? [] : particlesOf(type, walk.types)
  if (typeof type === 'string' || particles.length === 0) {
    addLeaf(type, at, walk)
    return
  }
  if (walk.seen.has(type) || walk.seen.size > deepest) return
  const inner = { ...walk, seen: new Set([...walk.seen, type]) }
  for (const { element, optional } of particles) walkElement(element, at, optional, inner)
}

function walkElement(given: Element, outer: At, optional: boolean, walk: Walk): void {
  if (walk.found.length >= mostArguments) return
  const reference = given.attributes['ref']
  const element = reference === undefined ? given : walk.types.elements.get(qualifiedName(given, reference))?.element
  const name = element?.attributes['name']
  if (!element || !name) return
  const { minOccurs = '1', maxOccurs = '1' } = given.attributes
  const many = maxOccurs !== '0' && maxOccurs !== '1'
  const path = `${outer.path === '' ? '' : `${outer.path}.`}${name}${many ? '.0' : ''}`
  const required = outer.required && !optional && minOccurs !== '0'
  walkType(typeOf(element, walk.types), { path, required, many: outer.many || many }, walk)
}

/** The values below an element, in the order of its schema. */
export function argumentsOf(element: Element, types: SchemaTypes): WsdlArgument[] {
  const type = typeOf(element, types)
  const walk: Walk = { types, found: [], seen: new Set() }
  if (typeof type !== 'string' && particlesOf(type, types).length > 0)
    walkType(type, { path: '', required: true, many: false }, walk)
  return walk.found
}

/** The values of a part of a message that names its type. */
export function argumentsOfType(part: Element, types: SchemaTypes): WsdlArgument[] {
  const walk: Walk = { types, found: [], seen: new Set() }
  walkType(typeOf(part, types), { path: part.attributes['name'] ?? '', required: true, many: false }, walk)
  return walk.found
}

export const isSchema = ({ name, namespace }: Element): boolean => name === 'schema' && namespace === schemaNamespace
