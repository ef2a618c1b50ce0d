import { err, ok, type Result } from '../../result'
import type { Wsdl, WsdlOperation } from '../types'
import { argumentsOf, argumentsOfType, isSchema, type SchemaTypes, schemaTypes } from './schema-types'
import { childrenOf, type Element, localName, namespaceIn, qualifiedName, readXml, type XmlProblem } from './xml-tree'

export type WsdlProblem = { message: string; line?: number; column?: number }

const soapVersions: Record<string, WsdlOperation['version']> = {
  'http://schemas.xmlsoap.org/wsdl/soap/': 'soap11',
  'http://schemas.xmlsoap.org/wsdl/soap12/': 'soap12',
}
const mostOperations = 500

function refused({ problem, line, column }: XmlProblem): WsdlProblem {
  const at = line === undefined ? '' : ` (line ${line}${column === undefined ? '' : `, character ${column}`})`
  return {
    message: `The WSDL can’t be read: ${problem}${at}`,
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  }
}

/** A document as WSDL 1.1 or a schema that one imports; else what it is instead. */
function rootOf(text: string): Result<Element, WsdlProblem> {
  const root = readXml(text)
  if ('problem' in root) return err(refused(root))
  if (root.name === 'definitions' || isSchema(root)) return ok(root)
  const what = root.name === 'description' ? 'It is WSDL 2.0, and 1.1 is read.' : `Its first element is “${root.name}”.`
  return err({
    message: `This is no WSDL: ${what} Give the address that ends in ?wsdl, or paste the file.`,
    line: 1,
    column: 1,
  })
}

const importNames = new Set(['import', 'include'])

function importsIn(element: Element): string[] {
  const own = importNames.has(element.name)
    ? (element.attributes['location'] ?? element.attributes['schemaLocation'])
    : undefined
  return [...(own === undefined ? [] : [own]), ...element.children.flatMap(importsIn)]
}

/** Addresses of the documents that a WSDL or a schema is continued in, as they are written there. */
export function wsdlImports(text: string): string[] {
  const root = readXml(text)
  return 'problem' in root ? [] : [...new Set(importsIn(root))]
}

type Definitions = {
  types: SchemaTypes
  messages: Map<string, Element>
  portTypes: Map<string, Element>
  bindings: Map<string, Element>
  ports: Element[]
}

const schemasIn = (root: Element): Element[] =>
  isSchema(root) ? [root] : childrenOf(root, 'types').flatMap((types) => types.children.filter(isSchema))

function named(roots: readonly Element[], name: string): Map<string, Element> {
  const found = new Map<string, Element>()
  for (const root of roots) {
    const target = root.attributes['targetNamespace'] ?? ''
    for (const element of childrenOf(root, name)) found.set(`{${target}}${element.attributes['name'] ?? ''}`, element)
  }
  return found
}

const definitionsOf = (roots: readonly Element[]): Definitions => ({
  types: schemaTypes(roots.flatMap(schemasIn)),
  messages: named(roots, 'message'),
  portTypes: named(roots, 'portType'),
  bindings: named(roots, 'binding'),
  ports: roots.flatMap((root) => childrenOf(root, 'service')).flatMap((service) => childrenOf(service, 'port')),
})

/** The element of a binding that speaks of SOAP, and of which version. */
function soapPart(element: Element | undefined, name: string) {
  const part = element?.children.find((child) => child.name === name && soapVersions[child.namespace])
  return part && { part, version: soapVersions[part.namespace] ?? 'soap11' }
}

type Bound = {
  operation: Element
  version: WsdlOperation['version']
  style: string
  url: string | undefined
  portType: Element | undefined
}

function boundOperations(port: Element, defined: Definitions): Bound[] {
  const binding = defined.bindings.get(qualifiedName(port, port.attributes['binding'] ?? ''))
  const soap = soapPart(binding, 'binding')
  if (!binding || !soap) return []
  const portType = defined.portTypes.get(qualifiedName(binding, binding.attributes['type'] ?? ''))
  const url = soapPart(port, 'address')?.part.attributes['location']
  const style = soap.part.attributes['style'] ?? 'document'
  return childrenOf(binding, 'operation').map((operation) => ({
    operation,
    version: soap.version,
    style,
    url,
    portType,
  }))
}

/** The message that asks for an operation. */
function inputOf({ operation, portType }: Bound, { messages }: Definitions): Element | undefined {
  const name = operation.attributes['name']
  const declared = childrenOf(portType, 'operation').find(({ attributes }) => attributes['name'] === name)
  const input = childrenOf(declared, 'input')[0]
  return input && messages.get(qualifiedName(input, input.attributes['message'] ?? ''))
}

type Content = Pick<WsdlOperation, 'element' | 'namespace' | 'qualified' | 'arguments'>

function documentContent(parts: readonly Element[], { types }: Definitions): Content | undefined {
  const part = parts.find(({ attributes }) => attributes['element'] !== undefined)
  if (!part) return undefined
  const name = qualifiedName(part, part.attributes['element'] ?? '')
  const declared = types.elements.get(name)
  return {
    element: localName(name),
    namespace: namespaceIn(name),
    qualified: declared?.qualified ?? true,
    arguments: declared ? argumentsOf(declared.element, types) : [],
  }
}

function rpcContent(name: string, parts: readonly Element[], bound: Bound, { types }: Definitions): Content {
  const body = soapPart(childrenOf(bound.operation, 'input')[0], 'body')?.part
  return {
    element: name,
    namespace: body?.attributes['namespace'] ?? '',
    qualified: false,
    arguments: parts.flatMap((part) => argumentsOfType(part, types)),
  }
}

function operationOf(bound: Bound, defined: Definitions): WsdlOperation[] {
  const name = bound.operation.attributes['name'] ?? ''
  const parts = childrenOf(inputOf(bound, defined), 'part')
  const soap = soapPart(bound.operation, 'operation')?.part
  const style = (soap?.attributes['style'] ?? bound.style) === 'rpc' ? 'rpc' : 'document'
  const content = style === 'rpc' ? rpcContent(name, parts, bound, defined) : documentContent(parts, defined)
  if (!content || name === '') return []
  const { version, url } = bound
  return [
    {
      name,
      version,
      style,
      action: soap?.attributes['soapAction'] ?? '',
      ...content,
      ...(url !== undefined && { url }),
    },
  ]
}

/**
 * Reads a WSDL 1.1 into its SOAP operations. DTDs and entities are refused.
 * @param text the WSDL itself; `imported` are documents that it imports.
 * @returns the operations, or what is wrong with the document and where.
 */
export function readWsdl(text: string, imported: readonly string[] = []): Result<Wsdl, WsdlProblem> {
  const roots: Element[] = []
  for (const one of [text, ...imported]) {
    const root = rootOf(one)
    if (!root.ok) return root
    roots.push(root.value)
  }
  const defined = definitionsOf(roots)
  const operations = defined.ports
    .flatMap((port) => boundOperations(port, defined))
    .flatMap((bound) => operationOf(bound, defined))
  if (operations.length === 0) {
    return err({ message: 'The WSDL describes no operation that is asked for by SOAP over HTTP.' })
  }
  return ok({ operations: operations.slice(0, mostOperations) })
}
