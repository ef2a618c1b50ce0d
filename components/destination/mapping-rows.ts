import { type MappingParts, type Mappings, mappingParts } from '@/lib/engine/schema'

type Template = MappingParts['value']
type Extras = Omit<MappingParts, 'value'>

/** Something that can be sent: its path between the braces, and words for it. */
export type Sendable = { path: string; label: string }

/** One line of the table. `source` is offered by name; without it the line holds a value of one's own. */
export type MappingRow = { source?: Sendable; template: Template; target: string; required: boolean; extras: Extras }
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
  const left = new Map(Object.entries(mappings).map(([target, mapping]) => [target, mappingParts(mapping)]))
  const isRequired = (target: string, path?: string) =>
    required.includes(target) || (path !== undefined && required.includes(path.replace(/^lead\./, '')))
  const named = offered.map((source): MappingRow => {
    const found = [...left].find(([, { value }]) => pathIn(value) === source.path)
    if (!found) return { source, template: templateFor(source.path), target: '', required: false, extras: {} }
    const [target, { value: template, ...extras }] = found
    left.delete(target)
    return { source, template, target, required: isRequired(target, source.path), extras }
  })
  const own = [...left].map(
    ([target, { value: template, ...extras }]): MappingRow => ({
      template,
      target,
      required: isRequired(target),
      extras,
    }),
  )
  return [...named, ...own]
}

/** What the lines say; those without a name are not sent. */
export function mappedBy(rows: readonly MappingRow[]): Mapped {
  const sent = rows.filter(({ target, template }) => target.trim() !== '' && template !== '')
  return {
    mappings: Object.fromEntries(
      sent.map(({ target, template, extras }) => [
        target.trim(),
        Object.keys(extras).length > 0 ? { value: template, ...extras } : template,
      ]),
    ),
    required: sent.filter((row) => row.required).map(({ target }) => target.trim()),
  }
}

/** Names that two lines share: a request holds each once. */
export function repeatedTargets(rows: readonly MappingRow[]): Set<string> {
  const names = rows.map(({ target }) => target.trim()).filter(Boolean)
  return new Set(names.filter((name, index) => names.indexOf(name) !== index))
}

/** What something is called where its receiver has no name for it: a field by its name, what is no field by its path. */
export const ownName = ({ path }: Sendable): string =>
  path === 'lead.id' || path.startsWith('ping.') ? path.replaceAll('.', '_') : path.replace(/^lead\./, '')

/** Everything that is offered under its own name, for a destination that is new. */
export const mappingsFor = (offered: readonly Sendable[]): Mappings =>
  Object.fromEntries(offered.map((sendable) => [ownName(sendable), templateFor(sendable.path)]))
