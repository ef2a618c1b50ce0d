'use client'

import { createContext, use } from 'react'
import type { Rule } from '@/lib/engine/schema'
import type { RuleReport } from '@/lib/engine/types'
import type { Result } from '@/lib/result'

/** A list of the account, for picking. */
export type ListChoice = { id: string; name: string; size: number }

/** A rule tried on a lead; `problems` are what keeps it from meaning anything. */
export type TriedRule = {
  passed: boolean
  report?: RuleReport
  /** What a refused lead would be told. */
  reason?: string
  problems: readonly { severity: 'error' | 'warning'; message: string }[]
  /** Fields that the rule looks at, with the values that the lead has for them. */
  fields: readonly { name: string; label: string; value: string; masked: boolean }[]
}

export type TryRule = (given: {
  rule: Rule
  leadId?: string
  values: Record<string, string>
}) => Promise<Result<TriedRule>>

/** What a place that edits rules of a flow knows beyond the rule itself. */
export type RuleTools = {
  lists: readonly ListChoice[]
  /** Where lists are made. */
  listsHref?: string
  tester?: { leads: readonly { id: string; label: string }[]; tryRule: TryRule }
}

export const RuleToolsContext = createContext<RuleTools>({ lists: [] })

export const useRuleTools = (): RuleTools => use(RuleToolsContext)
