import { z } from 'zod'
import { isTimeZone } from '../../time'
import { Duration } from './duration'

/** The id of a buyer step of the same flow. */
const BuyerId = z.string().min(1).max(64)

export const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
export type Weekday = (typeof weekdays)[number]

/** Of an account's own settings, which are refused at once; a flow document keeps half-typed work. */
const KnownZone = z.string().max(60).refine(isTimeZone, 'Choose a time zone by its IANA name, like America/New_York.')

/** "08:00" to "24:00". */
const ClockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'Write a time like 08:00.')
const Hours = z.strictObject({ start: ClockTime, end: ClockTime })
const Days = z.array(z.enum(weekdays)).min(1, 'Choose at least one day.').max(7)

/**
 * When a buyer takes leads. `hours` may be several windows; one that ends before it starts goes over midnight and
 * belongs to the day it starts on. `windows` say it for single days; `holidays` are days on which nothing is taken.
 */
export const TimeRestrictions = z.strictObject({
  timezone: z.string().max(60).optional(),
  days: Days.optional(),
  hours: z.union([Hours, z.array(Hours).max(20)]).optional(),
  windows: z
    .array(z.strictObject({ days: Days, start: ClockTime, end: ClockTime }))
    .max(50)
    .optional(),
  holidays: z.array(z.iso.date('Write a day like 2026-12-25.')).max(400).optional(),
  outside_hours: z.enum(['reject', 'queue', 'alternate_buyer']).default('reject'),
  alternate_buyer: BuyerId.optional(),
})
export type TimeRestrictions = z.infer<typeof TimeRestrictions>

/** When the people of an account are there. Without days every day, without hours the whole day. */
export const BusinessHours = TimeRestrictions.omit({ outside_hours: true, alternate_buyer: true }).extend({
  timezone: KnownZone.optional(),
})
export type BusinessHours = z.infer<typeof BusinessHours>

/** The longest a cap's number may be; 0 is no limit. */
const Count = z.int().min(0).max(1_000_000_000)
const Money = z.number().min(0).max(1_000_000_000)

export const capPeriods = ['minute', 'hour', 'day', 'week', 'month'] as const
export type CapPeriod = (typeof capPeriods)[number]

/** Limits of one taker of leads, in leads and in money; 0 and absent mean no limit. Weeks start on Monday. */
const capLimits = {
  timezone: z.string().max(60).optional(),
  per_minute: Count.optional(),
  hourly: Count.optional(),
  daily: Count.optional(),
  weekly: Count.optional(),
  monthly: Count.optional(),
  hourly_spend: Money.optional(),
  daily_spend: Money.optional(),
  weekly_spend: Money.optional(),
  monthly_spend: Money.optional(),
  reason: z.string().max(200).optional(),
}
export const Caps = z.strictObject(capLimits)
export type Caps = z.infer<typeof Caps>

/** Caps of an account on its destination or its connection, whatever flow or seller the leads come from. */
export const AccountCaps = Caps.omit({ reason: true }).extend({
  timezone: KnownZone.optional(),
})
export type AccountCaps = z.infer<typeof AccountCaps>

export const StepCaps = z.strictObject({
  ...capLimits,
  when_exceeded: z
    .strictObject({
      action: z.enum(['skip', 'overflow_to_backup', 'queue', 'reject']).default('skip'),
      backup_buyer: BuyerId.optional(),
    })
    .default({ action: 'skip' }),
})
export type StepCaps = z.infer<typeof StepCaps>

export const QualityRequirements = z.strictObject({
  min_score: z.number().optional(),
  score_field: z.string().max(100).default('lead.score'),
  required_fields: z.array(z.string().max(100)).max(100).optional(),
  when_not_met: z
    .strictObject({
      action: z.enum(['skip', 'reject', 'route_to_remediation']).default('skip'),
      remediation_buyer: BuyerId.optional(),
    })
    .default({ action: 'skip' }),
})
export type QualityRequirements = z.infer<typeof QualityRequirements>

export const ConditionalDelivery = z.strictObject({
  time_restrictions: TimeRestrictions.optional(),
  caps: StepCaps.optional(),
  quality_requirements: QualityRequirements.optional(),
})
export type ConditionalDelivery = z.infer<typeof ConditionalDelivery>

/**
 * A target that failed so often in so long is left alone for a while; then one lead tries it. It belongs to the target:
 * all steps that deliver there count together.
 */
export const CircuitBreaker = z.strictObject({
  failure_threshold: z.int().min(1).max(1_000).default(5),
  time_window: Duration.default('5 minutes'),
  recovery_timeout: Duration.default('30 minutes'),
})
export type CircuitBreaker = z.infer<typeof CircuitBreaker>

const FailureDetection = z.strictObject({
  /** Listing it says that an attempt without an answer counts as a failure: the lead may then be sold twice. */
  timeout_ms: z.int().min(100).max(360_000).optional(),
  error_codes: z.array(z.int().min(100).max(599)).max(50).optional(),
  /** Left out, a target that does nothing but fail is left alone for a minute; `false` goes on asking it. */
  circuit_breaker: z.union([CircuitBreaker, z.literal(false)]).optional(),
})

const ChainBuyer = z.strictObject({
  buyer: BuyerId,
  conditions: z
    .strictObject({
      max_attempts: z.int().min(1).max(20).optional(),
      business_hours_only: z.boolean().optional(),
    })
    .optional(),
})
const ChainQueue = z.strictObject({
  action: z.literal('queue_for_retry'),
  retry_after: Duration.default('1 hour'),
})

/** What happens when a delivery proves to have failed (`seeds/000…`, failoverConfig). */
export const Failover = z.strictObject({
  primary_buyer: BuyerId.optional(),
  failure_detection: FailureDetection.optional(),
  failover_chain: z
    .array(z.union([ChainBuyer, ChainQueue]))
    .max(20)
    .default([]),
})
export type Failover = z.infer<typeof Failover>

/** Tries of one attempt after a proven failure: the same event id and idempotency key, later and later. */
export const Retry = z.strictObject({
  max_attempts: z.int().min(1).max(20).default(1),
  first_delay: Duration.default('30 seconds'),
  backoff: z.number().min(1).max(10).default(2),
  max_delay: Duration.default('1 hour'),
  max_age: Duration.default('1 day'),
})
export type Retry = z.infer<typeof Retry>
