'use client'

import { useRuleTools } from '@/components/flow/rule-tools'
import { summaryOf } from '@/components/flow/rule-words'
import type { Rule } from '@/lib/engine/schema'
import { useEditor } from './editor-context'

/** A rule in a line: in words, or in mono where it is an expression. */
export function RuleLine({ rule, otherwise }: { rule: Rule | undefined; otherwise: string }) {
  const { view } = useEditor()
  const { lists } = useRuleTools()
  if (rule === undefined || rule === '') return otherwise
  const variableOf = (field: string) => view.variables.find(({ path }) => path === field || path === `lead.${field}`)
  const { text, isCode } = summaryOf(rule, {
    nameOf: (field) => variableOf(field)?.label ?? field.replaceAll('_', ' '),
    kindOf: (field) => variableOf(field)?.type,
    lists,
  })
  return isCode ? <code className="font-mono text-xs">{text}</code> : text
}
