'use client'

import { summaryOf } from '@/components/flow/rule-words'
import type { Rule } from '@/lib/engine/schema'
import { useEditor } from './editor-context'

/** A rule in a line: in words, or in mono where it is an expression. */
export function RuleLine({ rule, otherwise }: { rule: Rule | undefined; otherwise: string }) {
  const { view } = useEditor()
  if (rule === undefined || rule === '') return otherwise
  const nameOf = (field: string) =>
    view.variables.find(({ path }) => path === field || path === `lead.${field}`)?.label ?? field.replaceAll('_', ' ')
  const { text, isCode } = summaryOf(rule, nameOf)
  return isCode ? <code className="font-mono text-xs">{text}</code> : text
}
