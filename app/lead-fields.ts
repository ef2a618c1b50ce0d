import type { LeadField } from '@/components/lead/lead-data'
import { catalogue, displayValue, maskedTypes, type PackedLead } from '@/lib/engine'
import { fieldLabels } from './field-labels'

const order = new Map(catalogue.map(({ name }, index) => [name, index]))
const placeOf = (name: string) => order.get(name) ?? catalogue.length

const textOf = (raw: unknown): string => (typeof raw === 'string' ? raw : JSON.stringify(raw))

/** A lead's data as the page shows it, in the order of the catalogue: in normal form, and as it came where that differs. */
export function leadFields(data: PackedLead): LeadField[] {
  const names = Object.keys(data).sort((a, b) => placeOf(a) - placeOf(b) || a.localeCompare(b))
  return fieldLabels(names).flatMap(({ name, label }) => {
    const packed = data[name]
    if (!packed) return []
    const { type, raw, invalid } = packed
    const value = displayValue(packed)
    const isPlain = raw === undefined || raw === null || typeof raw === 'boolean' || type === 'boolean'
    const came = isPlain ? '' : textOf(raw)
    return [
      {
        name,
        label,
        type,
        value,
        isValid: !invalid,
        isMasked: maskedTypes.has(type),
        ...(came !== '' && came !== value && { raw: came }),
        ...('was' in packed && { was: textOf(packed.was ?? '') }),
      },
    ]
  })
}
