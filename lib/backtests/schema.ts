import { z } from 'zod'
import type { BacktestTotals, ChangeKind, LeadEnding, StepResult, TraceEntry, WhyRow } from '../engine/index'
import { isTimeZone } from '../time'

const Id = z.string().max(100)

export const mostLeads = 10_000
/** Characters of an uploaded file: what an action and the API take in one body. */
export const longestFile = 1_500_000

/** What a buyer step says where it was not asked in truth. */
export const AssumptionInput = z.union([
  z.strictObject({ answers: z.enum(['accepts', 'rejects']) }),
  z.strictObject({ answers: z.literal('accepts_percent'), percent: z.number().min(0).max(100) }),
])

const moment = z.iso.datetime({ offset: true, error: 'Give a time like 2026-01-15T00:00:00Z.' })
const FileRows = z.strictObject({
  csv: z.string().min(1, 'Choose a file.').max(longestFile, 'A file may have 1.5 MB. Cut it in parts.'),
  /** Whose names, criteria and price the rows have; the test console's without one. */
  source_id: Id.optional(),
})
export const LeadsInput = z.union([
  z.strictObject({ last: z.int().min(1, 'Give 1 or more.').max(mostLeads, 'A backtest takes at most 10,000 leads.') }),
  z.strictObject({ from: moment, to: moment.optional() }),
  FileRows,
])

/** `document`: the draft, or a published version by its number. */
export const CreateBacktestInput = z.strictObject({
  flowId: Id,
  version: z.union([z.literal('draft'), z.int().min(1)]).default('draft'),
  leads: LeadsInput.default({ last: 1_000 }),
  /** Use what a buyer said in truth, where the step of this id was asked. */
  recorded: z.boolean().default(true),
  /** For every step that has none of its own. */
  assume: AssumptionInput.default({ answers: 'accepts' }),
  assume_steps: z.record(z.string().max(64), AssumptionInput).default({}),
  /** Take steps that are off or wait for their buyer as ready. */
  all_ready: z.boolean().default(false),
})
export type CreateBacktestInput = z.input<typeof CreateBacktestInput>

/** As it is kept: the rows of a file stand apart, sealed. */
export type BacktestAsked = Omit<z.output<typeof CreateBacktestInput>, 'flowId' | 'version' | 'leads'> & {
  leads: { last: number } | { from: string; to?: string | undefined } | { file: true; source_id?: string | undefined }
}

export const BacktestIdInput = z.strictObject({ flowId: Id, backtestId: Id })

/** Filters of a backtest's leads; `change` shows one kind of difference. */
export const BacktestLeadFilters = z.object({
  change: z.enum(['lost', 'won', 'moved', 'repriced', 'outcome', 'reason', 'same', 'new']).optional().catch(undefined),
  cursor: z.string().max(40).optional().catch(undefined),
  limit: z.coerce.number().int().min(1).max(200).optional().catch(undefined),
})
export type BacktestLeadFilters = z.infer<typeof BacktestLeadFilters>

export type BacktestStatus = 'waiting' | 'running' | 'done' | 'cancelled' | 'failed'

/** A backtest with its progress and totals. Times are ISO 8601, UTC. */
export type BacktestView = {
  id: string
  flowId: string
  version: number | 'draft'
  asked: BacktestAsked
  status: BacktestStatus
  problem?: string
  total: number
  done: number
  totals?: BacktestTotals
  createdBy?: string
  createdAt: string
  startedAt?: string
  endedAt?: string
  /** Its results are forgotten then. */
  keptUntil: string
}

/** One lead of a backtest: what happened, where anything did, and what would have. */
export type BacktestLead = {
  position: number
  leadId?: string
  /** What a person calls the lead, while it is in the log. */
  label?: string
  change: ChangeKind
  before?: LeadEnding
  after: LeadEnding
}
export type BacktestLeadPage = { data: BacktestLead[]; nextCursor?: string }

export const simulatedAnswers = ['accepts', 'refuses', 'fails', 'silent'] as const
export type SimulatedAnswer = (typeof simulatedAnswers)[number]

const localTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)

/**
 * A lead to try on the draft at a moment. `lead` is nested as in a submission, and stands over the values of the lead
 * with `leadId`, where there is one; null takes a value away. `at` is now unless said: ISO 8601, or a local time of
 * `timeZone` (the account's unless said).
 */
export const SimulateLeadInput = z.strictObject({
  flowId: Id,
  leadId: Id.optional(),
  lead: z.record(z.string().max(200), z.unknown()).default({}),
  /** Whose names, criteria, caps and price the lead has; else those of the lead with `leadId`, else none. */
  sourceId: Id.optional(),
  at: z.union([localTime, moment], { error: 'Give a time like 2026-01-15T09:30.' }).optional(),
  timeZone: z
    .string()
    .max(60)
    .refine(isTimeZone, 'Choose a time zone by its IANA name, like America/New_York.')
    .optional(),
  /** What a buyer step says if it is asked; accepts unless said. */
  answers: z.record(z.string().max(64), z.enum(simulatedAnswers)).default({}),
  allReady: z.boolean().default(false),
})
export type SimulateLeadInput = z.input<typeof SimulateLeadInput>

/** How full a cap of a buyer is: as it is now, or taken as empty because the moment lies in another stretch of time. */
export type CapUse = { words: string; isLive: boolean }
export type SimulatedBuyer = WhyRow & { caps?: CapUse[] }

/** Who would get a lead, and why. Times are ISO 8601, UTC. */
export type Simulation = {
  at: string
  timeZone: string
  outcome: LeadEnding['outcome']
  reason?: string
  /** The lead would be put aside until then. */
  waitsUntil?: string
  revenueCents: number
  /** What the source is paid. */
  costCents: number
  /** What the flow's criteria and caps said. */
  trace: TraceEntry[]
  /** The steps on the way that sell to nobody. */
  steps: Pick<StepResult, 'stepId' | 'name' | 'type' | 'outcome' | 'reason' | 'trace'>[]
  considered: SimulatedBuyer[]
  /** What was taken for granted. */
  notes: string[]
}
