import type { TestField } from '../test-fields'

/** The test lead as it is being written. `values` are the texts of the form. */
export type LeadText =
  | { mode: 'form'; values: Record<string, string> }
  | { mode: 'json'; json: string; values: Record<string, string> }

export const startOf = (fields: readonly TestField[]): LeadText => ({
  mode: 'form',
  values: Object.fromEntries(fields.map(({ name, value }) => [name, value])),
})

/** A lead that came in, in the form: fields that it does not have are blank. */
export const recentText = (values: Record<string, string>, fields: readonly TestField[]): LeadText => ({
  mode: 'form',
  values: { ...Object.fromEntries(fields.map(({ name }) => [name, ''])), ...values },
})

/** The lead that the form's texts make. A sample that nobody touched keeps its kind: `true` stays a boolean. */
function leadOfForm(values: Record<string, string>, fields: readonly TestField[]): Record<string, unknown> {
  const samples = new Map(fields.map((field) => [field.name, field]))
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, text]) => {
      if (text === '') return []
      const sample = samples.get(name)
      return [[name, sample?.value === text ? sample.raw : text]]
    }),
  )
}

function objectOf(json: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(json)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined
  } catch {
    return undefined
  }
}

/** The lead to be sent; `undefined` while the JSON is no object. */
export const leadOf = (lead: LeadText, fields: readonly TestField[]): Record<string, unknown> | undefined =>
  lead.mode === 'form' ? leadOfForm(lead.values, fields) : objectOf(lead.json)

const textOf = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value))

/** The same lead in the other view. */
export function otherView(lead: LeadText, fields: readonly TestField[]): LeadText {
  if (lead.mode === 'form')
    return { mode: 'json', json: JSON.stringify(leadOfForm(lead.values, fields), null, 2), values: lead.values }
  const written = Object.entries(objectOf(lead.json) ?? {}).map(([name, value]) => [name, textOf(value)])
  const blank = Object.keys(lead.values).map((name) => [name, ''])
  return { mode: 'form', values: Object.fromEntries([...blank, ...written]) }
}
