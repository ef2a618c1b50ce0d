import type { CompiledBatch, CompiledRequest } from '../delivery/request'
import type { InboundPlan } from '../fields/index'
import type { CompiledMail } from '../mail/compile-mail'
import type { Names } from '../names/references'
import type { Read } from '../names/scope'
import type { CompiledRule } from '../rules/index'
import type { FieldType, FilterStep, Strategy } from '../schema'
import type { Breaker, BreakerSettings } from '../selling/breaker'
import type { CompiledCaps, SharedCaps } from '../selling/caps'
import type { Hours } from '../selling/hours'
import type { CompiledRetry } from '../selling/retries'
import type { CompiledTemplate } from '../templates/index'
import type { FlowInput, Offer, SourceInput } from '../types'

export type Criteria = { rule: CompiledRule; reason: CompiledTemplate }

export type CompiledFilter = {
  type: 'filter'
  id: string
  name: string
  outcome: FilterStep['outcome']
  /** The earlier step whose outcome is the lead's when it stops here. */
  outcomeOf?: string
} & Criteria

export type CompiledBuyer = {
  type: 'buyer'
  id: string
  name: string
  recipient: string
  active: boolean
  blocked?: string
  /** How it is asked for a bid, and in whose auction. */
  ping?: CompiledPing
  eligible?: CompiledRule
  request?: CompiledRequest
  /** Leads are collected for so long, or until there are so many. */
  batch?: CompiledBatch
  /** The delivery, where the buyer takes leads by mail. */
  mail?: CompiledMail
  /** The seller's mail beside the delivery: it follows a lead that was accepted. */
  copy?: CompiledMail
  priceCents?: number
  /** What it pays where its distribution sells to more than one. */
  sharedPriceCents?: number
  standby: boolean
  weight: number
  /** Whether a distribution by rules chooses it. */
  when?: CompiledRule
  hours?: Hours
  /** Those of its partner, beside its own. */
  partnerHours?: Hours
  outsideHours: { action: 'reject' | 'queue' | 'alternate_buyer'; buyer?: string }
  caps?: CompiledCaps
  capOwner: string
  /** Caps of its partner, of the connection that it uses, and of the buyer's destination behind it. */
  shared?: SharedCaps[]
  whenFull: { action: 'skip' | 'overflow_to_backup' | 'queue' | 'reject'; buyer?: string }
  quality?: CompiledQuality
  /** How long a contact that reached this buyer is a duplicate for it. */
  duplicateWindowMs?: number
  /** Who the buyer is, for its duplicates: the connection, or the manual step. */
  claimOwner: string
  failover: CompiledFailover
  /** What it delivers to, by a name of its own among all; a mail has none. */
  target?: string
  breaker?: BreakerSettings
  retry?: CompiledRetry
  /** Where in `run.appended` its outcome goes, and which captured values with it. */
  appends: { key: string; captures: readonly string[] }
}

/** `namesBid`: an answer without a price bids nothing, unless the step has one. */
export type CompiledPing = { request: CompiledRequest; auction: string; namesBid: boolean }

export type CompiledQuality = {
  score?: { words: string; read: Read; least: number }
  required: { words: string; read: Read }[]
  action: 'skip' | 'reject' | 'route_to_remediation'
  buyer?: string
}

export type CompiledFailover = {
  /** An attempt that nobody knows the end of counts as a failure. */
  afterUnknown: boolean
  chain: Offer[]
  /** Then the lead waits, and the buyer is asked again. */
  retryAfterMs?: number
}

export type CompiledDistribution = {
  type: 'distribution'
  id: string
  name: string
  strategy: Strategy
  sellTo: number
  /** As many are asked at once as may still have the lead. */
  parallel?: true
  budgetMs?: number
  /** How long bids are waited for. */
  bidsWithinMs: number
  weight: number
  when?: CompiledRule
  members: CompiledMember[]
  table?: { read: Read; words: string; members: ReadonlyMap<string, string>; default?: string }
}
export type CompiledMember = CompiledBuyer | CompiledDistribution

/** One field that a mapping step sets. `refused` says why it never does. */
export type Setting = { field: string; label: string; type: FieldType; value: CompiledTemplate; refused?: string }
export type CompiledMapping = { type: 'mapping'; id: string; name: string; when?: CompiledRule; settings: Setting[] }

export type CompiledLookup = {
  type: 'lookup'
  id: string
  name: string
  runWhen?: CompiledRule
  request: CompiledRequest
  stopsOnFailure: boolean
  appends: { key: string; captures: readonly string[] }
}

/** A field whose value is compared with other leads or a list. `refused` says why it never is. */
export type Compared = { field: string; label: string; refused?: string }

/** What becomes of a lead that is found. */
type OnMatch = {
  stops: boolean
  outcome: FilterStep['outcome']
  reason: CompiledTemplate
  appendsTo: string
}

export type CompiledDuplicateCheck = {
  type: 'duplicate_check'
  id: string
  name: string
  compared: Compared[]
  match: 'any' | 'all'
  scope: 'flow' | 'source' | 'account'
  against: 'received' | 'accepted'
  windowMs: number
} & OnMatch

export type CompiledSuppression = {
  type: 'suppression'
  id: string
  name: string
  compared: Compared[]
  listId: string
} & OnMatch

export type CompiledStep =
  | CompiledFilter
  | CompiledBuyer
  | CompiledMapping
  | CompiledLookup
  | CompiledDuplicateCheck
  | CompiledSuppression
  | CompiledDistribution

/** A flow's version made ready for leads: rules parsed, templates compiled, targets bound. Immutable. */
export type CompiledFlow = FlowInput & {
  names: Names
  plan: InboundPlan
  required: { label: string; read: Read }[]
  strict: { name: string; label: string }[]
  acceptance?: Criteria
  costCents?: number
  steps: CompiledStep[]
  indexOfStep: ReadonlyMap<string, number>
  /** Fields that duplicate checks compare: the log keeps keys of their values. */
  keyFields: readonly string[]
  /** Every buyer step, those within distributions too. */
  buyers: ReadonlyMap<string, CompiledBuyer>
  caps?: CompiledCaps
  /** The account's business hours. */
  hours?: Hours
  /** Targets whose breaker does not let every lead pass at this moment, by name. */
  shut?: ReadonlyMap<string, Breaker>
}

/** A source of a compiled flow, made ready. */
export type CompiledSource = SourceInput & {
  plan: InboundPlan
  acceptance?: Criteria
  costCents?: number
  caps?: CompiledCaps
}
