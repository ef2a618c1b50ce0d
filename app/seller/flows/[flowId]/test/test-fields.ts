import type { FlowDocument } from '@/lib/engine/schema'

/** One field of the console's form, with what a test lead says there: as text, and as it is sent while unchanged. */
export type TestField = { name: string; label: string; value: string; raw: unknown; isRequired: boolean }

const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value ?? ''))

/** The form of the console: what marks a test lead first, then the flow's fields in their order. */
export function testFieldsOf(
  document: FlowDocument,
  sample: Record<string, unknown>,
  usualLabel: (name: string) => string,
): TestField[] {
  const own = new Map(document.fields.map((field) => [field.name, field]))
  return Object.entries(sample).map(([name, value]) => ({
    name,
    label: own.get(name)?.label ?? usualLabel(name),
    value: textOf(value),
    raw: value,
    isRequired: own.get(name)?.required === true,
  }))
}
