import { type BuyerStep, hoursWords } from '@/lib/engine/schema'
import { limitWords } from './cap-words'

/** "Mon–Fri 08:00–18:00 · 50 a day": when a buyer step takes leads and how many, where it says so. */
export function availabilityWords({ conditional_delivery: conditions }: BuyerStep): string {
  const { time_restrictions: times, caps } = conditions ?? {}
  const isTimed = times?.days ?? times?.hours ?? times?.windows
  return [isTimed && times && hoursWords(times), limitWords(caps)].filter(Boolean).join(' · ')
}
