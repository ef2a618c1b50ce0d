import type { FieldType } from '../schema'
import type { TypedLead } from '../types'
import { typeOfField } from './catalogue'
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

const byName: Record<string, Sample> = {
  ...core,
  is_test: true,
  is_resubmit: false,
  title: 'Ms',
  best_time_to_call: 'Morning',
  preferred_language: 'English',
  address_2: 'Apt 1',
  county: 'Travis',
  time_zone: 'America/Chicago',
  latitude: 30.2672,
  longitude: -97.7431,
  age: 45,
  marital_status: 'Single',
  occupation: 'Engineer',
  credit_score: 720,
  credit_rating: 'Good',
  annual_income: 75_000,
  household_income: 75_000,
  source: 'Test source',
  vertical: 'insurance.auto',
  universal_leadid: '00000000-0000-4000-8000-000000000123',
  user_agent: 'Mozilla/5.0',
  'company.name': 'Test Company',
  'insurance.type': 'Auto',
  'insurance.current_carrier': 'Test Insurance',
  'insurance.household_size': 3,
  'vehicle.year': 2020,
  'vehicle.make': 'Ford',
  'vehicle.model': 'F-150',
  'mortgage.loan.amount': 250_000,
  'mortgage.loan.purpose': 'refinance',
  'mortgage.loan.rate': 6.5,
  'mortgage.property.type': 'single family',
  'mortgage.property.value': 400_000,
  'solar.electric.utility': 'Test Electric',
  'solar.electric.bill': 180,
  home_year_built: 1995,
  'education.graduation_year': 2005,
  'education.gpa': 3.5,
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
    const named = Object.hasOwn(byName, name) ? parseField(type, byName[name], now) : undefined
    lead[name] = named?.valid ? named : parseField(type, byType[type], now)
  }
  return lead
}
