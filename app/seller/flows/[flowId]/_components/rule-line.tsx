'use client'

import { summaryOf } from '@/components/flow/rule-words'
import type { Rule } from '@/lib/engine/schema'
import { useRuleNames } from './use-rule-names'

/** A rule in a line: in words, or in mono where it is an expression. */
export function RuleLine({ rule, otherwise }: { rule: Rule | undefined; otherwise: string }) {
  const names = useRuleNames()
  if (rule === undefined || rule === '') return otherwise
  const { text, isCode } = summaryOf(rule, names)
  return isCode ? <code className="font-mono text-xs">{text}</code> : text
}
