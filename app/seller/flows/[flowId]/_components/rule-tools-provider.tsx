'use client'

import { type ReactNode, useMemo } from 'react'
import { type RuleTools, RuleToolsContext } from '@/components/flow/rule-tools'
import { tryRuleAction } from '../actions'
import type { RuleMaterial } from '../rule-tools'

type RuleToolsProviderProps = { flowId: string; material: RuleMaterial; children: ReactNode }

/** Gives every rule editor below the account's lists and leads to try it on. */
export function RuleToolsProvider({ flowId, material, children }: RuleToolsProviderProps) {
  const tools = useMemo<RuleTools>(
    () => ({
      lists: material.lists,
      listsHref: '/seller/settings/lists',
      tester: { leads: material.leads, tryRule: (given) => tryRuleAction({ flowId, ...given }) },
    }),
    [flowId, material],
  )
  return <RuleToolsContext value={tools}>{children}</RuleToolsContext>
}
