import { dayMs, hourMs, minuteMs, secondMs } from '../../time'
import { dayNumber, dayOf } from '../fields/calendar'

const shape = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/** Unix milliseconds of an ISO 8601 date or date and time; without a zone it is UTC. */
export function msOfIso(text: string): number | undefined {
  const match = shape.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour, minute, second, fraction = '', zone] = match
  const at = dayOf(Number(year), Number(month), Number(day))
  if (!at) return undefined
  const clock = Number(hour ?? 0) * hourMs + Number(minute ?? 0) * minuteMs + Number(second ?? 0) * secondMs
  return dayNumber(at) * dayMs + clock + Number(fraction.padEnd(3, '0')) - offsetMs(zone)
}

function offsetMs(zone: string | undefined): number {
  if (!zone || zone === 'Z') return 0
  const size = Number(zone.slice(1, 3)) * hourMs + Number(zone.slice(-2)) * minuteMs
  return zone.startsWith('-') ? -size : size
}
