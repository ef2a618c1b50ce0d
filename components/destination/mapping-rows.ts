import type { DestinationConfig } from '@/lib/engine/schema'

type Mappings = DestinationConfig['request']['mappings']
type Template = Mappings[string]

/** Something that can be sent: its path between the braces, and words for it. */
export type Sendable = { path: string; label: string }

/** One line of the table. `source` is offered by name; without it the line holds a value of one's own. */
export type MappingRow = { source?: Sendable; template: Template; target: string; required: boolean }
export type Mapped = { mappings: Mappings; required: string[] }

/** Always there, whatever the seller shares. */
export const alwaysSendable: readonly Sendable[] = [
  { path: 'event_id', label: 'Event ID' },
  { path: 'lead.id', label: 'Lead ID' },
  { path: 'test_mode', label: 'Test lead' },
]

const templateFor = (path: string) => `{{${path}}}`
const pathIn = (template: Template): string | undefined =>
  typeof template === 'string' ? /^\{\{\s*([\w.]+)\s*\}\}$/.exec(template)?.[1] : undefined

/** The lines of a saved mapping: one for each thing that is offered, mapped or not, then the others. */
export function rowsOf({ mappings, required }: Mapped, offered: readonly Sendable[]): MappingRow[] {
  const left = new Map(Object.entries(mappings))
  const isRequired = (target: string, path?: string) =>
    required.includes(target) || (path !== undefined && required.includes(path.replace(/^lead\./, '')))
  const named = offered.map((source): MappingRow => {
    const found = [...left].find(([, template]) => pathIn(template) === source.path)
    if (!found) return { source, template: templateFor(source.path), target: '', required: false }
    left.delete(found[0])
    return { source, template: templateFor(source.path), target: found[0], required: isRequired(found[0], source.path) }
  })
  const own = [...left].map(([target, template]): MappingRow => ({ template, target, required: isRequired(target) }))
  return [...named, ...own]
}

/** What the lines say; those without a name are not sent. */
export function mappedBy(rows: readonly MappingRow[]): Mapped {
  const sent = rows.filter(({ target, template }) => target.trim() !== '' && template !== '')
  return {
    mappings: Object.fromEntries(sent.map(({ target, template }) => [target.trim(), template])),
    required: sent.filter((row) => row.required).map(({ target }) => target.trim()),
  }
}

/** Names that two lines share: a request holds each once. */
export function repeatedTargets(rows: readonly MappingRow[]): Set<string> {
  const names = rows.map(({ target }) => target.trim()).filter(Boolean)
  return new Set(names.filter((name, index) => names.indexOf(name) !== index))
}

/** Everything that is offered under its own name, for a destination that is new. */
export const mappingsFor = (offered: readonly Sendable[]): Mappings =>
  Object.fromEntries(
    offered.map(({ path }) => [path === 'lead.id' ? 'lead_id' : path.replace(/^lead\./, ''), templateFor(path)]),
  )
