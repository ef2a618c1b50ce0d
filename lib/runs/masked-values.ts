import { maskedTypes, type TypedLead } from '../engine/index'

/** Clear values that a recorded exchange must not show. */
export function maskedValues(lead: TypedLead): string[] {
  const values: string[] = []
  for (const name in lead) {
    const field = lead[name]
    if (field && maskedTypes.has(field.type)) values.push(String(field.raw), String(field.normal))
  }
  return values
}
