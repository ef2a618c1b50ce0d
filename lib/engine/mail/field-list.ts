import { stringify } from 'csv-stringify/sync'
import { displayValue, maskedTypes } from '../fields/index'
import { labelOf, type Names, type Reference } from '../names/references'
import { isBlank, type Scope, textOf } from '../names/scope'
import type { FieldValue } from '../types'
import { escapeHtml, Markup } from './markup'

/** A field that has a value, as a mail lists it. */
type Listed = { name: string; label: string; value: FieldValue }

const mostListed = 200
const longestShown = 2_000

/** Names of the fields that a mail lists: those the flow declares or, for an invited buyer, those it is shared. */
function namesListed(names: Names, scope: Scope): Iterable<string> {
  if (names.shared) return names.shared
  return names.open ? Object.keys(scope.run.lead) : names.fields.keys()
}

function listed(names: Names, scope: Scope): Listed[] {
  const list: Listed[] = []
  for (const name of namesListed(names, scope)) {
    const value = Object.hasOwn(scope.run.lead, name) ? scope.run.lead[name] : undefined
    if (!value || isBlank(value.normal) || list.length >= mostListed) continue
    list.push({ name, label: names.fields.get(name)?.label ?? labelOf(name), value })
  }
  return list
}

const shownOf = ({ value }: Listed): string => {
  const shown = displayValue(value)
  return shown.length > longestShown ? `${shown.slice(0, longestShown)}…` : shown
}

const cell = 'padding:8px 12px;border-bottom:1px solid #e4e4e7;vertical-align:top;text-align:left'

function tableOf(list: readonly Listed[]): Markup {
  const rows = list.map(
    (field) =>
      `<tr><th scope="row" style="${cell};font-weight:400;color:#52525b;white-space:nowrap">${escapeHtml(field.label)}</th>` +
      `<td style="${cell};word-break:break-word">${escapeHtml(shownOf(field)).replaceAll('\n', '<br>')}</td></tr>`,
  )
  return new Markup(
    `<table style="width:100%;border-collapse:collapse;border-top:1px solid #e4e4e7;font-size:14px">${rows.join('')}</table>`,
  )
}

const textLines = (list: readonly Listed[]): string =>
  list.map((field) => `${field.label}: ${shownOf(field).replaceAll('\n', ' ')}`).join('\n')

const own = (path: string, words: string, read: Reference['read']): [string, Reference] => [
  path,
  { path, words, kind: 'string', read, masked: false },
]

/** What a mail may refer to beyond everything else: all its fields at once, for a mail that fits any flow. */
export const mailNames = (names: Names): Names => ({
  ...names,
  extras: new Map([
    own('fields_table', 'All fields as a table', (scope) => tableOf(listed(names, scope))),
    own('fields_text', 'All fields as lines of text', (scope) => textLines(listed(names, scope))),
  ]),
})

export const listedNames = (names: Names, scope: Scope): string[] => listed(names, scope).map(({ name }) => name)

const csvValue = ({ value }: Listed): string =>
  maskedTypes.has(value.type) ? displayValue(value) : textOf(value.valid ? value.normal : value.raw)

/** A line of names and a line of values, for a spreadsheet: what it would take for a formula is text. */
export function fieldsCsv(names: Names, scope: Scope): string {
  const list = listed(names, scope)
  const rows = [list.map(({ name }) => name), list.map(csvValue)]
  return stringify(rows, { bom: true, escape_formulas: true, record_delimiter: 'windows' })
}
