import type { CompiledRequest } from '../delivery/request'
import type { InboundPlan } from '../fields/index'
import type { CompiledMail } from '../mail/compile-mail'
import type { Names } from '../names/references'
import type { Read } from '../names/scope'
import type { CompiledRule } from '../rules/index'
import type { FieldType, FilterStep } from '../schema'
import type { CompiledTemplate } from '../templates/index'
import type { FlowInput, SourceInput } from '../types'

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
  eligible?: CompiledRule
  request?: CompiledRequest
  /** The delivery, where the buyer takes leads by mail. */
  mail?: CompiledMail
  /** The seller's mail beside the delivery: it follows a lead that was accepted. */
  copy?: CompiledMail
  priceCents?: number
  /** Where in `run.appended` its outcome goes, and which captured values with it. */
  appends: { key: string; captures: readonly string[] }
}

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
}

/** A source of a compiled flow, made ready. */
export type CompiledSource = SourceInput & { plan: InboundPlan; acceptance?: Criteria; costCents?: number }
