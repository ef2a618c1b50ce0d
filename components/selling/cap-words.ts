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

/** The most of one period that a longer one can touch: days of 25 hours, months of 31 days that six weeks lie in. */
const mostWithin: Record<CapPeriod, Partial<Record<CapPeriod, number>>> = {
  minute: { hour: 60, day: 1_500, week: 10_140, month: 44_700 },
  hour: { day: 25, week: 169, month: 745 },
  day: { week: 7, month: 31 },
  week: { month: 6 },
  month: {},
}

const aPeriod = (period: CapPeriod) => (period === 'day' ? 'a day' : `a${period === 'hour' ? 'n' : ''} ${period}`)

/** A limit that a shorter one keeps from ever being reached, in words. */
export type CapConflict = { unit: CapUnit; period: CapPeriod; words: string }

/** Limits that do not fit together: 50 a month is never reached with 1 a day. */
export function capConflicts(caps: Caps | undefined): CapConflict[] {
  return (['leads', 'cents'] as const).flatMap((unit) =>
    capPeriods.flatMap((period): CapConflict[] => {
      const limit = limitOf(caps, unit, period)
      if (limit === undefined) return []
      const bounds = capPeriods.flatMap((shorter) => {
        const [within, own] = [mostWithin[shorter][period], limitOf(caps, unit, shorter)]
        return within && own ? [{ shorter, own, most: own * within }] : []
      })
      const tightest = bounds.toSorted((a, b) => a.most - b.most)[0]
      if (!tightest || tightest.most >= limit) return []
      const { shorter, own, most } = tightest
      const never = `${countOf(unit, limit)} ${aPeriod(period)} is never reached`
      const why = `${countOf(unit, own)} ${aPeriod(shorter)} comes to ${countOf(unit, most)} at the most`
      return [{ unit, period, words: `${never}: ${why}.` }]
    }),
  )
}
