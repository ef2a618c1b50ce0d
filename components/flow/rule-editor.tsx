'use client'

import { Code, ListFilter } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { expressionOf, type ListName, type Rule, ruleOfText } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { Button } from '../ui/button'
import { ProblemNotes, problemsAt } from './problem-notes'
import { draftOf, type GroupDraft, ruleOfDraft } from './rule-draft'
import { RuleExpression } from './rule-expression'
import { RuleGroup } from './rule-group'
import { RuleTester } from './rule-tester'
import { useRuleTools } from './rule-tools'
import type { VariableChoice } from './variable-picker'

type RuleEditorProps = {
  label: ReactNode
  hint?: string
  /** What it means that there is no rule; said while there is none. */
  none?: string
  rule: Rule | undefined
  /** `undefined` when nothing whole is left. */
  onChange: (rule: Rule | undefined) => void
  variables: readonly VariableChoice[]
  problems?: readonly Problem[]
}

/** The rule as rows; undefined where rows can't say it. */
function draftIf(rule: Rule | undefined, lists: readonly ListName[]): GroupDraft | undefined {
  if (typeof rule !== 'string') return draftOf(rule)
  const built = ruleOfText(rule, lists)
  return built && draftOf(built)
}

const textOf = (rule: Rule | undefined, lists: readonly ListName[]): string =>
  rule === undefined || typeof rule === 'string' ? (rule ?? '') : expressionOf(rule, lists)

/** The shortest path among problems is the rule's own: those of its rows stand below it. */
function pathOf(problems: readonly Problem[]): string {
  const [first = ''] = problems.map(({ path }) => path).sort((a, b) => a.length - b.length)
  return first.replace(/(?:\.(?:all|any)\.\d+)+$/, '')
}

/** A condition, as rows where rows can say it, else as an expression; and what it says of a lead. */
export function RuleEditor({ label, hint, none, rule, onChange, variables, problems = [] }: RuleEditorProps) {
  const { lists, tester } = useRuleTools()
  const [draft, setDraft] = useState(() => draftIf(rule, lists))
  const isText = draft === undefined
  const canBeRows = !isText || draftIf(rule, lists) !== undefined
  const switchMode = () => {
    if (!isText) {
      if (rule !== undefined) onChange(textOf(rule, lists))
      setDraft(undefined)
      return
    }
    const next = draftIf(rule, lists)
    setDraft(next)
    if (next) onChange(ruleOfDraft(next))
  }
  const edit = (next: GroupDraft) => {
    setDraft(next)
    onChange(ruleOfDraft(next))
  }
  const path = pathOf(problems)
  const said = [hint, rule === undefined && none].filter(Boolean).join(' ')
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex min-h-7 items-center justify-between gap-3">
        <span className="font-medium text-sm">{label}</span>
        <Button
          variant="ghost"
          size="sm"
          onClick={switchMode}
          disabled={!canBeRows}
          title={canBeRows ? undefined : 'This expression says more than rows can show'}
        >
          {isText ? <ListFilter className="size-3.5" /> : <Code className="size-3.5" />}
          {isText ? 'Show as rows' : 'Write as expression'}
        </Button>
      </div>
      {isText ? (
        <RuleExpression
          text={textOf(rule, lists)}
          onChange={(text) => onChange(text.trim() === '' ? undefined : text)}
          variables={variables}
          hint={said || undefined}
          problems={problems}
        />
      ) : (
        <>
          <RuleGroup group={draft} path={path} variables={variables} problems={problems} onChange={edit} />
          {said && <p className="text-pretty text-tertiary text-xs">{said}</p>}
          <ProblemNotes problems={problems.filter((problem) => !isOfRow(problem, path))} />
        </>
      )}
      {tester && rule !== undefined && <RuleTester rule={rule} tester={tester} />}
    </div>
  )
}

const isOfRow = (problem: Problem, path: string) =>
  (['all', 'any'] as const).some((join) => problemsAt([problem], `${path}.${join}`).length > 0)
