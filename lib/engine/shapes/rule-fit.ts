import type { FieldType } from './fields'
import { type Group, type Phrase, ruleTable } from './rule-table'
import type { RuleOp } from './rules'

const words = (text: string) => text.split(' ') as Group[]
const texts = words('equality part edge pattern obscenity blank')
const written = words('equality part edge pattern obscenity blank format')
const marked = words('equality part edge blank format')
const days = words('equality order between days blank format')
const amounts = words('equality order between part blank format')

const fitting: Readonly<Record<FieldType | 'weekday' | 'clock', readonly Group[]>> = {
  string: texts,
  email: written,
  phone: marked,
  first_name: written,
  last_name: written,
  full_name: written,
  street: written,
  city: written,
  state: words('equality part edge obscenity blank format'),
  postal_code: words('equality distance part edge pattern blank format'),
  country: marked,
  number: amounts,
  currency: amounts,
  range: amounts,
  boolean: words('truth blank format'),
  date: days,
  dob: days,
  time: days,
  gender: words('equality blank format'),
  ip: marked,
  url: words('equality part edge obscenity blank format'),
  trustedform_url: words('blank format'),
  ssn: marked,
  credential: words('equality part edge blank'),
  credit_card: words('blank format'),
  weekday: words('equality blank'),
  clock: words('equality order between blank'),
}

/**
 * The operators that make sense for a type of field, or for another kind of value that rules see. Only fields of the
 * lead have a format; their parts and other variables have none.
 */
export function opsFitting(kind: string | undefined, hasFormat = true): RuleOp[] {
  const all = Object.keys(ruleTable) as RuleOp[]
  const groups = kind !== undefined && Object.hasOwn(fitting, kind) ? fitting[kind as FieldType] : undefined
  return all.filter((op) => {
    const { group } = ruleTable[op]
    return (hasFormat || group !== 'format') && (groups?.includes(group) ?? true)
  })
}

const timeKinds: ReadonlySet<string> = new Set(['date', 'dob', 'time', 'clock'])

/** What an operator says of a kind of value: "is before" of a day where a number "is less than". */
export function phraseOf(op: RuleOp, kind?: string): Phrase {
  const entry = ruleTable[op]
  return entry.time && kind !== undefined && timeKinds.has(kind) ? entry.time : entry
}
