import { centsOf, formatMoney } from '../../money'
import type { CapPeriod, Caps } from '../shapes/selling'
import { momentWords, periodAround, zoneWords } from './hours'

/** One limit of a taker of leads: at most `limit` leads, or cents, in each period. */
export type CapLimit = { unit: 'leads' | 'cents'; period: CapPeriod; limit: number }
export type CompiledCaps = { timeZone: string; limits: CapLimit[]; reason?: string }

const counts: [keyof Caps, CapPeriod][] = [
  ['per_minute', 'minute'],
  ['hourly', 'hour'],
  ['daily', 'day'],
  ['weekly', 'week'],
  ['monthly', 'month'],
]
const sums: [keyof Caps, CapPeriod][] = [
  ['hourly_spend', 'hour'],
  ['daily_spend', 'day'],
  ['weekly_spend', 'week'],
  ['monthly_spend', 'month'],
]

function limitsOf(caps: Caps): CapLimit[] {
  const leads = counts.map(([name, period]) => ({ unit: 'leads' as const, period, limit: Number(caps[name] ?? 0) }))
  const cents = sums.map(([name, period]) => ({ unit: 'cents' as const, period, limit: centsOf(caps[name] ?? 0) ?? 0 }))
  return [...leads, ...cents].filter(({ limit }) => limit > 0)
}

/** Limits made ready; nothing when all are 0 or absent, which means no limit. */
export function capsOf(caps: Caps | undefined, accountZone: string): CompiledCaps | undefined {
  const limits = caps ? limitsOf(caps) : []
  if (!caps || limits.length === 0) return undefined
  return { timeZone: caps.timezone || accountZone, limits, ...(caps.reason && { reason: caps.reason }) }
}

/** Caps beside a step's own: those of its partner, of the connection that it uses, or of the buyer's destination behind it. */
export type SharedCaps = {
  caps: CompiledCaps
  owner: string
  /** Whose counters they are, where it is not the flow's account. */
  accountId?: string
  of: 'partner' | 'connection' | 'destination'
}

/** What an attempt takes from one counter, and what may be in it at the most. */
export type Need = {
  /** Names the counter: whose it is, of which unit and period, and which stretch of time. */
  key: string
  limit: number
  amount: number
  unit: CapLimit['unit']
  period: CapPeriod
  timeZone: string
  /** Unix milliseconds at which the next counter starts, at 0. */
  resetsAt: number
  /** The account that the counter belongs to, where it is not the flow's. */
  accountId?: string
  /** Whose limit it is, where it is not the step's own. */
  of?: SharedCaps['of']
}

/** Whose cap a counter is. */
export const capOwner = {
  flow: (flowId: string) => `flow:${flowId}`,
  source: (sourceId: string) => `source:${sourceId}`,
  step: (flowId: string, stepId: string) => `step:${flowId}/${stepId}`,
  partner: (partnerId: string) => `partner:${partnerId}`,
  connection: (connectionId: string) => `connection:${connectionId}`,
  destination: (destinationId: string) => `destination:${destinationId}`,
}

/**
 * The counters that a lead of a price takes from, at a moment.
 * @param owner whose cap it is, as `capOwner` names it.
 */
export function needsOf(caps: CompiledCaps, owner: string, priceCents: number, now: number): Need[] {
  return caps.limits.map(({ unit, period, limit }) => {
    const { key, endsAt } = periodAround(now, period, caps.timeZone)
    const amount = unit === 'leads' ? 1 : priceCents
    const counter = `${owner}|${unit}|${period}|${caps.timeZone}|${key}`
    return { key: counter, limit, amount, unit, period, timeZone: caps.timeZone, resetsAt: endsAt }
  })
}

/** The same for caps that several steps, flows or sellers share. */
export const sharedNeeds = ({ caps, owner, accountId, of }: SharedCaps, priceCents: number, now: number): Need[] =>
  needsOf(caps, owner, priceCents, now).map((need) => ({ ...need, of, ...(accountId !== undefined && { accountId }) }))

/** True when a counter has no room for what is wanted. */
export const isFull = (need: Need, used: number): boolean => need.amount > 0 && used + need.amount > need.limit

/** "50 of 50 a day". */
export function usageWords({ unit, limit, period }: Need, used: number): string {
  const [taken, most] = unit === 'leads' ? [used, limit] : [formatMoney(used), formatMoney(limit)]
  return `${taken} of ${most} ${period === 'day' ? 'a day' : `a${period === 'hour' ? 'n' : ''} ${period}`}`
}

const capNames = { partner: 'Partner limit', connection: 'Cap of the connection' } as const

/** "Cap 50 of 50 a day, resets 00:00 London". Of a buyer's own limit nobody else learns the numbers. */
export function capWords(need: Need, used: number, now: number): string {
  if (need.of === 'destination') return 'The buyer’s own limit is reached'
  const whose = need.of ? capNames[need.of] : 'Cap'
  const resets = `${momentWords(need.resetsAt, now, need.timeZone)} ${zoneWords(need.timeZone)}`
  return `${whose} ${usageWords(need, used)}, resets ${resets}`
}

/** True when a counter is that of the stretch of time that a moment lies in. */
export const isOfMoment = ({ key, period, timeZone }: Need, ms: number): boolean =>
  key.endsWith(`|${periodAround(ms, period, timeZone).key}`)
