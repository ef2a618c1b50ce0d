import { type CapPeriod, type Caps, capPeriods, momentWords, zoneWords } from '@/lib/engine/schema'
import type { CapUse } from '@/lib/flows/schema'
import { centsOf, formatMoney } from '@/lib/money'

export type CapUnit = CapUse['unit']
/** A limit of a cap by the name that the document gives it. */
export type CapName = Exclude<keyof Caps, 'timezone' | 'reason'>

const leadsName: Record<CapPeriod, CapName> = {
  minute: 'per_minute',
  hour: 'hourly',
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
}
const moneyName: Partial<Record<CapPeriod, CapName>> = {
  hour: 'hourly_spend',
  day: 'daily_spend',
  week: 'weekly_spend',
  month: 'monthly_spend',
}

export const capNameOf = (unit: CapUnit, period: CapPeriod): CapName | undefined =>
  unit === 'leads' ? leadsName[period] : moneyName[period]

const nowWords: Record<CapPeriod, string> = {
  minute: 'this minute',
  hour: 'this hour',
  day: 'today',
  week: 'this week',
  month: 'this month',
}

const everyWords: Record<CapPeriod, string> = {
  minute: 'a minute',
  hour: 'an hour',
  day: 'a day',
  week: 'a week',
  month: 'a month',
}

/** The limit that people mean first is that of a day, in leads. */
const periodsBySense = ['day', 'hour', 'minute', 'week', 'month'] as const satisfies CapPeriod[]

/** "50 a day": the limit that tells most; nothing where there is none. */
export function limitWords(caps: Caps | undefined): string | undefined {
  for (const unit of ['leads', 'cents'] as const)
    for (const period of periodsBySense) {
      const limit = limitOf(caps, unit, period)
      if (limit !== undefined) return `${countOf(unit, limit)} ${everyWords[period]}`
    }
  return undefined
}

/** How a cap stands, and what its edit does to it. */
export type CapMeter = {
  unit: CapUnit
  period: CapPeriod
  used: number
  /** What it will be; none when the cap is taken away. */
  limit: number | undefined
  words: string
  /** Nothing more is sold until it starts anew. */
  isFull: boolean
  /** It is another one than what counts now. */
  isEdited: boolean
}

export type CapSide = {
  /** As they are typed now. */
  caps: Caps | undefined
  /** What is taken from the caps of this owner. */
  uses: readonly CapUse[]
  /** The zone of caps that name none. */
  zone: string
  now: number
  /** When an edit begins to count: "once you publish". */
  from: string
}

const limitOf = (caps: Caps | undefined, unit: CapUnit, period: CapPeriod): number | undefined => {
  const name = capNameOf(unit, period)
  const given = name && caps?.[name]
  const limit = unit === 'leads' ? given : centsOf(given)
  return limit ? limit : undefined
}

const countOf = (unit: CapUnit, count: number) =>
  unit === 'leads' ? count.toLocaleString('en-US') : formatMoney(count)

type Standing = { unit: CapUnit; period: CapPeriod; limit: number | undefined; here?: CapUse; before?: CapUse }

const resetOf = ({ resetsAt, timeZone }: CapUse, now: number) =>
  `${momentWords(Date.parse(resetsAt), now, timeZone)} ${zoneWords(timeZone)}`

function goneWords({ unit, period, before }: Standing, { from }: CapSide): string {
  const used = before
    ? `${countOf(unit, before.used)} of ${countOf(unit, before.limit ?? 0)} are used ${nowWords[period]}`
    : ''
  return `No limit ${from}. ${used}`.trim()
}

/** Another zone, or a period that had no limit, is another counter: nothing that was sold before is in it. */
function freshWords({ unit, period, limit, here, before }: Standing, { caps, zone, from }: CapSide): string {
  const count = `${countOf(unit, here?.used ?? 0)} of ${countOf(unit, limit ?? 0)} ${nowWords[period]}`
  if (!before) return `Counts ${from}: ${count}`
  const place = zoneWords(caps?.timezone || zone)
  const old = `The ${countOf(unit, before.used)} of ${zoneWords(before.timeZone)} are not carried over`
  return `Another counter in ${place} ${from}: ${count}. ${old}`
}

function sameWords({ unit, period, limit = 0 }: Standing, use: CapUse, now: number): string {
  const [used, most] = [countOf(unit, use.used), countOf(unit, limit)]
  const isEdited = use.limit !== limit
  if (use.used >= limit)
    return `${isEdited ? `Used ${used} of the new ${most}` : `${used} of ${most} ${nowWords[period]}`}: full until ${resetOf(use, now)}`
  const said = isEdited ? `Used ${used} of the new ${most}` : `${used} of ${most}`
  return `${said} ${nowWords[period]}, resets ${resetOf(use, now)}`
}

function meterOf(standing: Standing, side: CapSide): CapMeter {
  const { unit, period, limit, here, before } = standing
  const common = { unit, period, limit }
  if (limit === undefined)
    return { ...common, used: before?.used ?? 0, isFull: false, isEdited: true, words: goneWords(standing, side) }
  if (!here || here.limit === null) {
    const used = here?.used ?? 0
    return { ...common, used, isFull: used >= limit, isEdited: true, words: freshWords(standing, side) }
  }
  const { used } = here
  const words = sameWords(standing, here, side.now)
  return { ...common, used, isFull: used >= limit, isEdited: here.limit !== limit, words }
}

/** How each cap of an owner stands: those that are typed, and those that count now and are taken away. */
export function capMeters(side: CapSide): CapMeter[] {
  const { caps, uses, zone } = side
  const timeZone = caps?.timezone || zone
  return (['leads', 'cents'] as const).flatMap((unit) =>
    capPeriods.flatMap((period) => {
      const own = uses.filter((use) => use.unit === unit && use.period === period)
      const here = own.find((use) => use.timeZone === timeZone)
      const before = own.find((use) => use.limit !== null)
      const limit = limitOf(caps, unit, period)
      if (limit === undefined && !before) return []
      return [meterOf({ unit, period, limit, ...(here && { here }), ...(before && { before }) }, side)]
    }),
  )
}
