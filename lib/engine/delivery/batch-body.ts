import { isoTime } from '../fields/calendar'
import { textOf } from '../names/scope'
import type { Batch, Request } from '../schema'
import type { Group } from './entries'
import { jsonBody } from './json-body'
import { jsonTarget, type Placed } from './targets'
import { parseRoot, xmlDeclaration } from './xml-body'

/** One lead of a batch: its values, and the body that it would have by itself. */
type Item = { placed: readonly Placed[]; body: string }

/** Of a request that carries several leads: when it goes out, and its own id, which is its idempotency key. */
type BatchFacts = { id: string; now: number }

/** Writes the body of several leads. */
export type List = (items: readonly Item[], facts: BatchFacts) => string

const place = /\{\{\s*(\w+)\s*\}\}/g
const envelopeNames = ['leads', 'batch_id', 'batch_size', 'event_timestamp']

/** What is wrong with an envelope; undefined when it can be used. */
export function envelopeProblem(envelope: string): string | undefined {
  const names = [...envelope.matchAll(place)].map(([, name = '']) => name)
  const stranger = names.find((name) => !envelopeNames.includes(name))
  if (stranger !== undefined) {
    return `“${stranger}” is not known here. An envelope knows {{leads}}, {{batch_id}}, {{batch_size}} and {{event_timestamp}}.`
  }
  const lists = names.filter((name) => name === 'leads').length
  return lists === 1 ? undefined : 'Write {{leads}} once, where the list of the leads is to stand.'
}

/** The envelope's own words around a list. What is put into it needs no escape in any format. */
const inEnvelope = (envelope: string, leads: string, size: number, { id, now }: BatchFacts): string =>
  envelope.replaceAll(place, (_, name: string) => {
    if (name === 'leads') return leads
    if (name === 'batch_id') return id
    return name === 'batch_size' ? String(size) : isoTime(now)
  })

function jsonList({ name, envelope }: Batch): List {
  const [before = '', after = ''] = listPlace(name)
  return (items, facts) => {
    const list = `[${items.map(({ body }) => body).join(',')}]`
    return envelope ? inEnvelope(envelope, list, items.length, facts) : before + list + after
  }
}

const mark = '\u0000'

/** What stands before and after the list in JSON that has it under a name, as `data.leads`. */
function listPlace(name: string | undefined): string[] {
  const parts = name?.trim() ? jsonTarget(name) : undefined
  return parts ? jsonBody([{ parts, value: mark }]).split(JSON.stringify(mark)) : []
}

const declaration = /^\s*<\?xml\b[^>]*\?>\s*/

function xmlList({ name, envelope }: Batch): List {
  const parsed = parseRoot(name?.trim() || 'leads')
  const root = 'name' in parsed ? parsed : { name: 'leads', attributes: '' }
  return (items, facts) => {
    const list = items.map(({ body }) => body.replace(declaration, '')).join('')
    if (envelope) return inEnvelope(envelope, list, items.length, facts)
    return `${xmlDeclaration}\n<${root.name}${root.attributes}>${list}</${root.name}>`
  }
}

const quoted = (text: string): string => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const cellOf = (value: unknown): string =>
  quoted(Array.isArray(value) ? value.map((one) => textOf(one)).join(', ') : textOf(value))

/** RFC 4180, with the names of the mappings in their order as the header, whatever the leads have. */
function csvList(groups: readonly Group[]): List {
  const columns = new Map<string, string>()
  for (const { entries } of groups) for (const { parts, key } of entries) columns.set(parts.join('.'), key)
  const header = [...columns.values()].map(quoted).join(',')
  return (items) => {
    const lines = items.map(({ placed }) => {
      const values = new Map(placed.map(({ parts, value }) => [parts.join('.'), value]))
      return [...columns.keys()].map((at) => cellOf(values.get(at))).join(',')
    })
    return [header, ...lines, ''].join('\r\n')
  }
}

/** Makes the writing of a list of leads ready; undefined where leads go one by one, or the format knows no lists. */
export function listOf(request: Request, groups: readonly Group[]): List | undefined {
  const { batch, format } = request
  if (!batch) return undefined
  if (format === 'xml') return xmlList(batch)
  if (format !== 'json') return undefined
  return batch.csv ? csvList(groups) : jsonList(batch)
}
