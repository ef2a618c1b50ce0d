import { typeOfField } from '../fields/index'
import { findReference, labelOf, type Names, namesOf } from '../names/references'
import type { FlowDocument } from '../schema'
import { placedBuyers } from '../shapes/buyers'

const mention = /\blead\.([a-z][\w.]*)/gi

function textsIn(value: unknown, into: string[] = []): string[] {
  if (typeof value === 'string') into.push(value)
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) textsIn(item, into)
  return into
}

const fieldRead = (path: string, names: Names): string | undefined => {
  const found = findReference(['lead', ...path.replace(/\.+$/, '').split('.')], names, 'template')
  return 'reference' in found ? found.reference.field : undefined
}

/** Fields that buyers ask for by their bare names. */
const requiredIn = (document: Pick<FlowDocument, 'steps'>): string[] =>
  placedBuyers(document)
    .flatMap(({ step }) => step.conditional_delivery?.quality_requirements?.required_fields ?? [])
    .map((name) => name.replace(/^lead\./, ''))

/**
 * Standard fields that the steps of a document read by templates and rules, or require, and that it does not declare.
 */
export function undeclaredFields(document: Pick<FlowDocument, 'fields' | 'steps'>): FlowDocument['fields'] {
  const names = namesOf(document)
  const paths = textsIn(document.steps).flatMap((text) => [...text.matchAll(mention)].map(([, path = '']) => path))
  const read = new Set([...paths, ...requiredIn(document)].flatMap((path) => fieldRead(path, names) ?? []))
  // The name of the source stands in for a field of that name.
  return [...read].flatMap((name) => {
    const type = name === 'source' || names.fields.has(name) ? undefined : typeOfField(name)
    return type ? [{ name, type, label: labelOf(name) }] : []
  })
}
