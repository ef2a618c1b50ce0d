import { type FieldType, maskedTypes } from '../schema'
import type { FieldValue, PackedLead, PackedValue, TypedLead } from '../types'
import { parseField } from './parse-field'

const stars: Partial<Record<FieldType, string>> = { ssn: '***-**-****', credential: '********' }

/** What stands in the place of a masked value; blank ones stay blank. */
function starsFor(type: FieldType, normal: unknown): unknown {
  if (Array.isArray(normal)) return normal.map((element) => starsFor(type, element))
  return normal === '' || normal === null ? normal : stars[type]
}

const kept = new Set(['type', 'valid', 'invalid', 'country'])

function starred(value: unknown): unknown {
  if (value === null || value === undefined || value === '') return value
  if (Array.isArray(value)) return value.map(starred)
  return '*'.repeat(String(value).length)
}

/** A value of any type as whoever may not read it sees it: each character a star, in components too; `valid` is kept. */
export function maskValue<Value extends FieldValue | PackedValue>(value: Value): Value {
  const parts = Object.entries(value).filter(([part]) => part !== 'sealed')
  return Object.fromEntries(parts.map(([part, held]) => [part, kept.has(part) ? held : starred(held)])) as Value
}

/**
 * A lead as the log keeps it: no components (they follow from `raw`), no `raw` where it is the normal form, and
 * masked types sealed by `seal(name, text)`.
 */
export function packLead(lead: TypedLead, seal: (name: string, text: string) => string): PackedLead {
  const packed: PackedLead = Object.create(null)
  for (const name in lead) {
    const value = lead[name]
    if (value) packed[name] = packValue(name, value, seal)
  }
  return packed
}

function packValue(name: string, value: FieldValue, seal: (name: string, text: string) => string): PackedValue {
  const { type, raw, normal, valid } = value
  const packed: PackedValue = { type, value: normal }
  if (!valid) packed.invalid = true
  if (maskedTypes.has(type)) {
    packed.value = starsFor(type, normal)
    packed.sealed = seal(name, JSON.stringify(raw))
  } else if (raw !== normal) packed.raw = raw
  const country = value['country_code']
  // Most values show their country by how they are written.
  if (typeof country === 'string' && country !== 'US' && parseField(type, raw)['country_code'] !== country)
    packed.country = country
  return packed
}

/** The lead that was packed, with its components; `now` as for typing. A seal that `open` can't undo must throw there. */
export function unpackLead(
  packed: PackedLead,
  open: (name: string, sealed: string) => string,
  now?: number,
): TypedLead {
  const lead: TypedLead = Object.create(null)
  for (const [name, value] of Object.entries(packed)) lead[name] = unpackValue(name, value, open, now)
  return lead
}

function unpackValue(
  name: string,
  packed: PackedValue,
  open: (name: string, sealed: string) => string,
  now: number | undefined,
): FieldValue {
  const { type, value } = packed
  if (packed.sealed !== undefined) return parseField(type, JSON.parse(open(name, packed.sealed)), now)
  const raw = 'raw' in packed ? packed.raw : value
  // What was read once stays as it was read, even if this type reads it differently today.
  return packed.invalid
    ? { type, raw, normal: value, valid: false }
    : { ...parseField(type, raw, now, packed.country), normal: value, valid: true }
}
