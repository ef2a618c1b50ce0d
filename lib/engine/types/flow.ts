import type {
  AccountCaps,
  BusinessHours,
  DestinationConfig,
  EmailSpec,
  FlowDocument,
  MailTemplate,
  SourceSettings,
} from '../schema'
import type { SharedCaps } from '../selling/caps'
import type { RuleResources } from './rules'

/** Where a buyer step delivers, as the shell found it when it loaded the flow. */
export type StepTarget = {
  /** `rules.active` or the switch set over it. */
  active: boolean
  /** Why it can't deliver now ("Waiting for the buyer", "Partner paused"); absent when it can. */
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
  /** When its partner takes leads, beside the step's own hours. */
  partnerHours?: BusinessHours & { timezone: string }
}

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

/** Something a person should mend. Errors stop publishing; warnings do not. `path` points into the document. */
export type Problem = { severity: 'error' | 'warning'; path: string; message: string; stepId?: string }
