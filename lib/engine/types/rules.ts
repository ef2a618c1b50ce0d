import type { FieldType } from '../schema'

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
