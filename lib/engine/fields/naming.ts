import type { FieldType } from '../schema'
import { typeOfField } from './catalogue/index'
import { resolveAlias } from './names'

/** Values of these types say who somebody is or where to find them, or lead to a page that does. */
const namingTypes: ReadonlySet<FieldType> = new Set<FieldType>([
  'email',
  'phone',
  'first_name',
  'last_name',
  'full_name',
  'street',
  'dob',
  'ip',
  'url',
  'trustedform_url',
  'ssn',
  'credential',
  'credit_card',
])

/** Values of these types name nobody, whatever their field is called. */
const plainTypes: ReadonlySet<FieldType> = new Set<FieldType>([
  'city',
  'state',
  'postal_code',
  'country',
  'number',
  'currency',
  'range',
  'boolean',
  'gender',
])

/** Standard fields of plain types, or of text, that do: names and numbers of one person or thing, free words, a browser's id. */
const namingFields: ReadonlySet<string> = new Set([
  'middle_name',
  'suffix',
  'social.instagram',
  'comments',
  'address_2',
  'latitude',
  'longitude',
  'pet.name',
  'employer.name',
  'universal_leadid',
  'consent_text',
  'tcpa_text',
  'click_id',
  'gclid',
  'gbraid',
  'wbraid',
  'fbclid',
  'fbp',
  'fbc',
  'msclkid',
  'ttclid',
  'li_fat_id',
  'ga_client_id',
  'referral_code',
  'lead_id',
  'reference',
  'transaction_id',
  'user_agent',
  'session_id',
  'callcenter.agent',
  'callcenter.notes',
  'appointment.notes',
  'real_estate.mls_number',
  'company.name',
  'company.dba',
  'insurance.policy_number',
  'insurance.doctor',
  'life.beneficiary',
  'business_insurance.dot_number',
  'business_insurance.mc_number',
  'vehicle.vin',
  'home_services.description',
  'legal.description',
])

/**
 * True for a field whose value is known to name nobody. Text that no standard field defines may say anything, so it is
 * none of them.
 */
export function namesNobody({ name, type }: { name: string; type: FieldType }): boolean {
  const standard = resolveAlias(name)
  const usual = typeOfField(standard)
  if (namingTypes.has(type) || namingFields.has(standard)) return false
  if (usual === undefined) return plainTypes.has(type)
  return !namingTypes.has(usual)
}

type Sharing = { shared_fields: readonly string[]; ping_fields?: readonly string[] | undefined }

/**
 * Which fields an invited buyer may be told when it is pinged, before it buys: of the shared ones those that the seller
 * chose, or else those that name nobody.
 * @param typeOf the type that the flow gives a field; the usual one holds where it gives none.
 */
export function pingFields(
  { shared_fields: shared, ping_fields: chosen }: Sharing,
  typeOf: (name: string) => FieldType | undefined,
): string[] {
  if (chosen) return shared.filter((name) => chosen.includes(name))
  return shared.filter((name) =>
    namesNobody({ name, type: typeOf(name) ?? typeOfField(resolveAlias(name)) ?? 'string' }),
  )
}
