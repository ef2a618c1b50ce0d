import { dayNumber, dayOf } from '../fields/calendar'
import { parseField } from '../fields/index'
import { isBlank, type Scope } from '../names/scope'
import { zoneNow } from '../names/zone'
import { type Condition, constant } from './conditions'
import { make, type Noting, type Operand } from './operands'
import { dayOfValue } from './ordering'
import { numberOf } from './values'

const mostDays = 36_500
const dayKinds: ReadonlySet<string> = new Set(['date', 'dob', 'time'])

/** Days since 1970 of "2026-01-14". */
function numberOfDay(day: string | undefined): number | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '') ?? []
  const at = year === undefined ? undefined : dayOf(Number(year), Number(month), Number(date))
  return at && dayNumber(at)
}

function dayReader({ read, kind }: Operand): (scope: Scope) => number | undefined {
  if (kind !== undefined && dayKinds.has(kind)) {
    return (scope) => numberOfDay(dayOfValue(read(scope), scope.flow.timeZone))
  }
  // Text may hold a day in any way people write one.
  return (scope) => {
    const value = read(scope)
    if (isBlank(value)) return undefined
    const { normal } = parseField('date', value)
    return numberOfDay(typeof normal === 'string' ? normal : undefined)
  }
}

/** From `days` ago to today, or from today to `days` from now, by the calendar of the flow's zone. */
export function withinDays(
  op: 'in_last_days' | 'in_next_days',
  subject: Operand,
  object: Operand | undefined,
  negated: boolean,
  note: Noting,
): Condition {
  const days = object?.literal && numberOf(object.literal.value)
  if (days === undefined || !Number.isInteger(days) || days < 0 || days > mostDays) {
    note(`Give a whole number of days, 0 to ${mostDays}.`, 'error', 0)
    return constant(false)
  }
  if (subject.kind !== undefined && subject.kind !== 'string' && !dayKinds.has(subject.kind)) {
    note(`${subject.words} is no date.`)
  }
  const dayRead = dayReader(subject)
  const test = (scope: Scope) => {
    const day = dayRead(scope)
    const today = numberOfDay(zoneNow(scope.now, scope.flow.timeZone).date)
    if (day === undefined || today === undefined) return false
    const ahead = op === 'in_next_days' ? day - today : today - day
    return ahead >= 0 && ahead <= days
  }
  const right = {
    words: days === 1 ? '1 day' : `${days} days`,
    read: (scope: Scope) => `today: ${zoneNow(scope.now, scope.flow.timeZone).date}`,
  }
  return make({ op, left: subject, right, negated, test })
}
