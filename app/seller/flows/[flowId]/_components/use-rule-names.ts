'use client'

import { useMemo } from 'react'
import { useRuleTools } from '@/components/flow/rule-tools'
import type { RuleNames } from '@/components/flow/rule-words'
import { useEditor } from './editor-context'

/** How people call what rules of this flow look at. */
export function useRuleNames(): RuleNames {
  const { variables } = useEditor().view
  const { lists } = useRuleTools()
  return useMemo(() => {
    const find = (field: string) => variables.find(({ path }) => path === field || path === `lead.${field}`)
    return {
      nameOf: (field) => find(field)?.label ?? field.replaceAll('_', ' '),
      kindOf: (field) => find(field)?.type,
      lists,
    }
  }, [variables, lists])
}
