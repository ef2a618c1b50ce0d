import type { FieldType } from '../schema'
import type { FieldValue, TypedLead } from '../types'
import { standardField, typeOfField } from './catalogue/index'
import { parseField } from './parse-field'

type Sample = string | number | boolean

/** What every test lead carries. */
const core: Record<string, Sample> = {
  test_mode: true,
  lead_id: 'TEST_123',
  email: 'test@example.com',
  phone_1: '5555551234',
  first_name: 'Test',
  last_name: 'Lead',
}

const byType: Record<FieldType, Sample> = {
  string: 'Test',
  email: 'test@example.com',
  phone: '5555551234',
  first_name: 'Test',
  last_name: 'Lead',
  full_name: 'Test Lead',
  street: '123 Main St',
  city: 'Austin',
  state: 'TX',
  postal_code: '78704',
  country: 'US',
  number: 1,
  currency: 100,
  range: '10-20',
  boolean: true,
  date: '2025-01-15',
  dob: '1980-01-15',
  time: '2025-01-15T12:00:00.000Z',
  gender: 'female',
  ip: '192.0.2.1',
  url: 'https://example.com/test',
  trustedform_url: 'https://cert.trustedform.com/0123456789abcdef0123456789abcdef01234567',
  ssn: '123-45-6789',
  credential: 'test',
  credit_card: '4111111111111111',
}

/** A field as its example reads: the catalogue's for a standard field of that type, else the usual one of the type. */
export function exampleOf(name: string, type: FieldType): FieldValue {
  const standard = standardField(name)
  const own = standard === undefined ? undefined : parseField(type, standard.example, exampleDay)
  return own?.valid ? own : parseField(type, byType[type], exampleDay)
}

/** 2026-01-15: examples don't age. */
const exampleDay = 1_768_435_200_000

/**
 * The prefilled test lead: test mode, lead id, email, phone and name, and a sensible value for each field asked for.
 * `fieldType` tells the types of fields that the catalogue does not know; else they are text.
 */
export function sampleLead(
  fieldNames: readonly string[],
  fieldType: (name: string) => FieldType | undefined = () => undefined,
  now?: number,
): TypedLead {
  const lead: TypedLead = Object.create(null)
  for (const name of [...Object.keys(core), ...fieldNames]) {
    const type = fieldType(name) ?? typeOfField(name) ?? 'string'
    const example = Object.hasOwn(core, name) ? core[name] : standardField(name)?.example
    const named = example === undefined ? undefined : parseField(type, example, now)
    lead[name] = named?.valid ? named : parseField(type, byType[type], now)
  }
  return lead
}
