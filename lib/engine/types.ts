import type { z } from 'zod'
import type {
  AccountCaps,
  Auth,
  BusinessHours,
  BuyerStep,
  ClientCertificate,
  DestinationConfig,
  EmailSpec,
  FieldType,
  FlowDocument,
  MailTemplate,
  Request,
  RequestMethod,
  ResponseSpec,
  Signing,
  SourceSettings,
} from './schema'
import type { SharedCaps } from './selling/caps'
import type { Ask, Reserved, Taken, Turn } from './selling/reserve'

/** A submission as parsed: nested objects, arrays and scalars, before names are mapped and values typed. */
export type Nested = { [key: string]: NestedValue }
export type NestedValue = string | number | boolean | null | NestedValue[] | Nested

/** A value with its type: as it came, in normal form, whether the format is valid, and the type's components beside. */
export type FieldValue = {
  type: FieldType
  raw: unknown
  normal: unknown
  valid: boolean
  [component: string]: unknown
}

/** A lead's fields by dotted name ("mortgage.loan.amount"). */
export type TypedLead = Record<string, FieldValue>

/** A field as kept in the log: components are left out (they follow from `raw`), masked types hold no clear text. */
export type PackedValue = {
  type: FieldType
  value: unknown
  raw?: unknown
  invalid?: true
  sealed?: string
  /** Where the lead is from (ISO 3166), when its components can't be told without it. */
  country?: string
  /** What the field was when the lead came in, where a step has set it since; null when it was not there. */
  was?: unknown
}
export type PackedLead = Record<string, PackedValue>

/** One comparison of a rule with the values it saw, in words; position and result. */
export type Comparison = { text: string; passed: boolean; left?: unknown; right?: unknown }

/** A rule tried on a lead: a comparison, or a group of them. */
export type RuleReport = Comparison | { join: 'and' | 'or'; passed: boolean; parts: RuleReport[] }

/** Why a decision fell as it did, in plain words for a person. */
export type TraceEntry = {
  kind:
    | 'acceptance'
    | 'filter'
    | 'switch'
    | 'connection'
    | 'eligible'
    | 'required'
    | 'mapping'
    | 'lookup'
    | 'duplicate'
    | 'suppression'
    | 'hours'
    | 'quality'
    | 'cap'
    | 'breaker'
    | 'distribution'
    | 'ping'
    | 'queue'
    | 'delivery'
    | 'recovery'
  passed: boolean
  text: string
  comparisons?: Comparison[]
}

/** What a buyer's answer, or its absence, means (`api.md` §5). */
export type Verdict = {
  outcome: 'accepted' | 'rejected' | 'error' | 'unknown'
  reason?: string
  /** Set when the destination, not the lead, is broken: words for an alert. */
  alert?: string
  statusCode?: number
  priceCents?: number
  buyerLeadId?: string
  /** The buyer had this lead already: a rejection of its own kind. */
  duplicate?: true
  /** How long the buyer asked to be left alone. */
  retryAfterMs?: number
  /** Further values of the answer, by the names that the step gives them. */
  captured?: Record<string, Captured>
}

type Scalar = string | number | boolean
/** A value taken from an answer: scalar, or a list of them where the path has several. */
export type Captured = Scalar | Scalar[]

export type AttemptOutcome = Verdict['outcome'] | 'skipped'
export type FilterOutcome = 'continue' | 'stop' | 'error'

/** `pending`: somebody may have it, and nobody surely. */
export type DistributionOutcome = 'sold' | 'unsold' | 'pending'

/** Why a buyer that might have got the lead was not asked; `trace` has what was compared, where anything was. */
export type Considered = {
  stepId: string
  name: string
  recipient: string
  reason: string
  via?: Via
  /** The step in whose place it stood. */
  of?: string
  trace?: TraceEntry[]
}

/** How a buyer comes to a lead that was first another one's. */
export type Via = 'overflow' | 'alternate' | 'remediation' | 'failover' | 'reassigned'

/** A buyer that is still to be asked. */
export type Offer = {
  stepId: string
  via?: Via
  /** The step in whose place it stands. */
  of?: string
  /** An attempt that was tried before, and how often: the next try is of the same attempt. */
  eventId?: string
  tries?: number
  /** Tries that a failover allows. */
  most?: number
  businessHoursOnly?: true
  /** What happened in earlier tries, and when the first began. */
  trace?: TraceEntry[]
  firstAt?: number
  /** What a try that the buyer may have taken holds still: the next one takes nothing more. */
  kept?: Holding
}

/** Buyers among whom one is chosen by order or by turn. `auction` is the distribution whose bids say the order. */
export type Round = { offers: Offer[]; turn?: Turn; auction?: string }

/** What a buyer said when it was pinged: its bid with the reference it gave, or why it made none. */
export type Bid =
  | { priceCents: number; eventId: string; reference?: string; captured?: Record<string, Captured> }
  | { refused: string }

/** What came of one ping. `withinMs` is how long the bid was waited for; an `assumed` one was never sent. */
export type PingAnswer = {
  stepId: string
  eventId: string
  verdict: Verdict
  startedAt: number
  endedAt: number
  withinMs: number
  assumed?: true
}
export type PingOutcome = 'bid' | 'no_bid' | 'error'

/** What a lead waits for: its buyer opens, its cap has room, the next try after a failure, or its buyer works again. */
export type WaitCause = 'hours' | 'cap' | 'retry' | 'breaker'

/** A buyer that could take the lead later; `turn` where it takes turns with others. */
export type Wait = { offer: Offer; at: number; reason: string; cause?: WaitCause; turn?: Turn }

/** A buyer step or a distribution under way. */
export type Selling = {
  stepId: string
  startedAt: number
  rounds: Round[]
  sold: string[]
  perhaps: string[]
  considered: Considered[]
  waits: Wait[]
  /** Steps that were asked or ruled out: nobody is asked twice by two ways. */
  met: string[]
  /** Nobody waits any more. */
  givenUp?: true
  /** The buyer whose rules let nobody else have the lead. */
  endedBy?: string
  /** When a held lead went on: its time budget begins anew. */
  resumedAt?: number
}

/** What one step did with the lead. Filters carry no event id of the engine's: the shell names them when it writes. */
export type StepResult =
  | {
      type: 'filter'
      stepId: string
      name: string
      outcome: FilterOutcome
      reason?: string
      startedAt: number
      endedAt: number
      trace: TraceEntry[]
    }
  | {
      type: 'buyer'
      stepId: string
      name: string
      recipient: string
      eventId?: string
      /** The distribution that it belongs to. */
      within?: string
      via?: Via
      /** The step in whose place it stood. */
      of?: string
      /** How often it was tried, where it was more than once. */
      tries?: number
      outcome: AttemptOutcome
      reason?: string
      verdict?: Verdict
      /** What an attempt holds of which nobody knows the end. */
      held?: Holding
      /** What this sale earns: 0 unless accepted. */
      priceCents: number
      startedAt: number
      endedAt: number
      trace: TraceEntry[]
    }
  /**
   * `considered`: everybody who might have got the lead and was not asked, and why not. `order`: all its buyers as they
   * were asked or ruled out, one after the other.
   */
  | ({ type: 'distribution'; outcome: DistributionOutcome; considered: Considered[]; order: string[] } & Told)
  /** A buyer was asked for its bid. `within` is the distribution; a ping sells nothing. */
  | ({
      type: 'ping'
      recipient: string
      eventId: string
      within?: string
      outcome: PingOutcome
      verdict: Verdict
      /** What it bids, where it does. */
      bidCents?: number
    } & Told)
  | ({ type: 'mapping'; outcome: 'success' | 'skipped' } & Told)
  | ({ type: 'lookup'; outcome: LookupOutcome; eventId?: string; verdict?: Verdict } & Told)
  | ({ type: 'duplicate_check' | 'suppression'; outcome: FilterOutcome; eventId?: string } & Told)

type Told = {
  stepId: string
  name: string
  reason?: string
  startedAt: number
  endedAt: number
  trace: TraceEntry[]
}
export type LookupOutcome = 'success' | 'failure' | 'error' | 'skipped'

/** A value of the lead in the form that it is compared in, and how people call its field. */
export type ComparedValue = { field: string; label: string; value: string }

/** What a step must know of the account's own data before it can decide. The shell answers with a `Finding`. */
export type Question =
  | {
      kind: 'duplicate'
      keys: (ComparedValue & { key: LeadKey['kind'] })[]
      match: 'any' | 'all'
      scope: 'flow' | 'source' | 'account'
      against: 'received' | 'accepted'
      /** Leads that came before this one by no more than this; 0 is without limit. */
      windowMs: number
    }
  | { kind: 'suppression'; listId: string; values: ComparedValue[] }

/** What there is: an earlier lead, or fields whose values stand on the list. */
export type Finding =
  | { kind: 'none' }
  | { kind: 'found'; fields: string[]; leadId?: string; at?: number; inProgress?: boolean }
  | { kind: 'missing'; reason: string }

/** By what a lead is found again: contacts by person, other fields that a duplicate check compares by name. */
export type LeadKey = { kind: 'email' | 'phone' | `field:${string}`; value: string }

/** An attempt that was reserved, or a question that was asked, and has no answer yet. */
export type Awaiting = {
  /** Of a buyer step where it says nothing. */
  type?: 'lookup' | 'duplicate_check' | 'suppression'
  stepId: string
  eventId: string
  startedAt: number
  trace: TraceEntry[]
  /** How a buyer came to the lead. */
  offer?: Offer
} & Holding

/** What an attempt holds: counters, and the contacts that it claims. */
export type Holding = { taken?: Taken[]; claims?: string[] }
export type Moves = { counters: Taken[]; claims: string[] }

/** A buyer step that failed, and the step of the flow that it belongs to. */
export type Failed = { stepId: string; unit: string }

/** A lead that is tried again after it had ended: by which steps, and as what it was counted before. */
export type Replay = {
  steps: Failed[]
  was: { outcome: string; costCents: number; ms: number }
  /** When it began. */
  at?: number
}

/** A lead under way. Plain data: it is saved in commit 1 and taken up again by recovery. */
export type Run = {
  leadId: string
  isTest: boolean
  receivedAt: number
  /** 1 to 100, drawn once per lead. */
  random: number
  lead: TypedLead
  /** Only a bid is wanted: nothing is sold, and what is not told yet is not held against the lead. */
  isPing?: true
  /** The bid that the source was made before and that it is paid; or why it does not hold. */
  bid?: { id: string; priceCents: number } | { id: string; refused: string }
  /** Names of the fields that steps have set since the lead came in. */
  changed?: string[]
  submission: { ip: string; userAgent: string }
  source: { id: string; name: string }
  /** Index of the step that is next or under way. */
  at: number
  awaiting?: Awaiting
  /** The buyer step or distribution under way. */
  selling?: Selling
  /** Set while the counters are asked who may have the lead. */
  asking?: { eventId: string }
  /** Set while buyers are asked for their bids. */
  pinging?: { eventId: string }
  /** What buyers bid, by step. */
  bids?: Record<string, Bid>
  /** Set where the lead had ended before, and is tried again. */
  again?: Replay
  /** What it waited for in vain, longer than a lead may wait. */
  expired?: Failed[]
  /** When it was given up or stopped. */
  endedAt?: number
  /** A person has given it up. */
  dropped?: true
  /** Taken for the lead itself, from caps of its flow and source. */
  holds?: Taken[]
  /** Counters to move and claims to let go with the next commit. */
  moves?: Moves
  results: StepResult[]
  trace: TraceEntry[]
  /** What steps left behind, by step key and name: `appended.<key>.<name>` in rules and templates of later steps. */
  appended: Record<string, Record<string, unknown>>
  state: 'open' | 'held' | 'done'
  status: 'processing' | 'pending' | 'final'
  outcome?: 'success' | 'failure' | 'error'
  reason?: string
  /** What the source is paid. */
  costCents: number
  /** What all buyers pay together. */
  revenueCents: number
}

/** `nextEventId` names the attempt that this event may lead to; it stays unused when there is none. */
export type RunEvent =
  | { kind: 'start'; now: number; nextEventId: string }
  /**
   * The configuration changed between decision and sending, or the buyer's circuit opened: decide the same step again.
   * What was not tried yet keeps its event id.
   */
  | { kind: 'redecide'; now: number; nextEventId?: string }
  | { kind: 'answered'; eventId: string; verdict: Verdict; now: number; nextEventId: string; luck?: number }
  /** What the account's own data say to a step that asked. */
  | { kind: 'checked'; eventId: string; finding: Finding; now: number; nextEventId: string }
  /**
   * The process that had the run died: an awaited attempt is `unknown`, whatever happened, a look-up an error, and what
   * was only asked of our own data is asked again.
   */
  | { kind: 'lost'; now: number; nextEventId: string }
  /** Every buyer that was pinged has answered, or had the time to. */
  | { kind: 'pinged'; eventId: string; answers: PingAnswer[]; now: number; nextEventId: string }
  /** The counters said who may have the lead, and what was taken for it is durable with this event. */
  | { kind: 'reserved'; eventId: string; reserved: Reserved; now: number; nextEventId: string }
  /**
   * A held lead may go on: with the buyers that are due, with `all` that it waits for, or with the buyer step `to` that a
   * person chose; if that one does not take it, it waits on for the others.
   */
  | { kind: 'resume'; now: number; nextEventId: string; all?: boolean; to?: string }
  /** A held lead is given up: nobody waits for it any more. `ends`: no later step is to have it either. */
  | { kind: 'drop'; reason: string; now: number; nextEventId: string; ends?: boolean }
  /** Its flow or source was switched off: nothing more is sent, what was sold stays sold. */
  | { kind: 'stop'; reason: string; now: number }

/**
 * What the shell must do: ask buyers for their bids, all at once, ask the counters, make an attempt (of a buyer step or a look-up) durable and send it, ask the
 * account's own data what a step wants to know, put the lead aside until a moment, or settle the run.
 */
export type Effect =
  | { kind: 'attempt'; stepId: string; eventId: string }
  | { kind: 'check'; stepId: string; eventId: string }
  | { kind: 'ping'; eventId: string; stepIds: string[]; withinMs: number }
  | { kind: 'reserve'; ask: Ask; eventId: string }
  | { kind: 'hold'; until: number; reason: string; stepId: string; cause?: WaitCause }
  | { kind: 'settle' }

/** Where a buyer step delivers, as the shell found it when it loaded the flow. */
export type StepTarget = {
  /** `rules.active` or the switch set over it. */
  active: boolean
  /** Why it can't deliver now ("Waiting for the buyer", "Paused by the buyer"); absent when it can. */
  blocked?: string
  recipient: string
  config?: DestinationConfig
  /** The buyer takes leads by mail instead. */
  email?: EmailSpec
  /** Only these fields may be read by the mapping; absent for a manual step, which may read all. */
  sharedFields?: string[]
  connectionId?: string
  destinationId?: string
  /** The buyer's own name for its destination: for the buyer's eyes only. */
  destinationName?: string
  buyerAccountId?: string
  /** Caps beside the step's own, with the zone of whoever set them. */
  caps?: ({ caps: AccountCaps; timeZone: string } & Pick<SharedCaps, 'owner' | 'accountId' | 'of'>)[]
}

/** A list of the account as rules see it. `has` takes a value in the normal form of the list's type, in lower case. */
export type RuleList = {
  id: string
  name: string
  type: FieldType
  has: (value: string) => boolean
  /** Why rules can't use it. */
  refused?: string
}

/** Where a US postal code of five digits is, in degrees. */
export type Locate = (postalCode: string) => { latitude: number; longitude: number } | undefined

/** What rules look things up in; the shell finds it when it loads a flow. */
export type RuleResources = { lists?: ReadonlyMap<string, RuleList>; locate?: Locate }

export type FlowInput = {
  flow: { id: string; accountId: string; name: string; timeZone: string }
  version: number
  document: FlowDocument
  targets: Record<string, StepTarget>
  /** What mails say where their steps don't: the account's default. */
  mail?: MailTemplate | undefined
  resources?: RuleResources
  /** The account's, for members of a failover chain that are asked in business hours only and have none of their own. */
  businessHours?: BusinessHours | undefined
}

export type SourceInput = { id: string; name: string; settings: SourceSettings }

/** An HTTP request ready but for credentials, which `lib/delivery` adds. `sent` is what the body says, by field name. */
export type OutgoingRequest = {
  url: string
  method: RequestMethod
  headers: Record<string, string>
  body: string
  auth: Auth
  signing?: Signing
  clientCertificate?: ClientCertificate
  /** Set when the request names secrets: in all of the above they read `<redacted>`, as it is kept and shown. */
  secrets?: RequestSecrets
  timeoutMs: number
  response: z.infer<typeof ResponseSpec>
  /** Fields of the lead that the mapping read: what the buyer's own row may hold. */
  sentFields: string[]
  /** Values in it that are made of masked fields: what is kept of the exchange must not show them. */
  masked?: string[]
  /** Why it can't be sent, in words: its body could not be made for this lead. */
  problem?: string
  /** The WS-Security token that goes into the body at this character, once its password is open. */
  security?: SoapSecurity & { at: number }
}

/** A lead as a mail, ready to be queued. `csv` is the text of its attachment, `sentFields` what it tells of the lead. */
export type LeadMail = {
  to: readonly string[]
  cc?: string[]
  replyTo?: string
  subject: string
  html: string
  text: string
  csv?: string
  sentFields: string[]
}

/** How a mapping came out for one lead: its value before its changes, and what is sent of it; null when nothing is. */
export type MappedValue = { before: string; after: string | null }

export type SoapSecurity = NonNullable<NonNullable<Request['soap']>['security']>

/** One value that an operation takes: its path below the operation, and its type as the schema names it. */
export type WsdlArgument = { path: string; type: string; required: boolean; many: boolean; values?: string[] }

/** One thing that a SOAP service does, with all that a request needs to ask for it. */
export type WsdlOperation = {
  /** As the service calls it; `element` is what stands in the body of the message. */
  name: string
  element: string
  version: 'soap11' | 'soap12'
  action: string
  namespace: string
  style: 'document' | 'rpc'
  /** True when the arguments are in the namespace, too. */
  qualified: boolean
  /** Where the service says that it listens. */
  url?: string
  arguments: WsdlArgument[]
}

export type Wsdl = { operations: WsdlOperation[] }

/** The secrets that a request names, and what of it differs once their texts are known. */
export type RequestSecrets = {
  names: readonly string[]
  reveal: (
    texts: Readonly<Record<string, string>>,
  ) => Pick<OutgoingRequest, 'url' | 'headers' | 'body' | 'problem' | 'security'>
}

/** What came of sending: an answer, or where it failed. `not-sent` is proven: no byte of the request left. */
export type Answer =
  | { kind: 'answer'; status: number; headers: Record<string, string>; body: string }
  | { kind: 'not-sent'; message: string }
  | { kind: 'no-answer'; message: string }

/** Something a person should mend. Errors stop publishing; warnings do not. `path` points into the document. */
export type Problem = { severity: 'error' | 'warning'; path: string; message: string; stepId?: string }

export type { BuyerStep }
