'use client'

import { Code, ListFilter, Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Rule } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { Button } from '../ui/button'
import { cn } from '../ui/cn'
import { DraftArea } from './draft-field'
import { ProblemNotes } from './problem-notes'
import { RuleRowFields } from './rule-row'
import { expressionOf, rowsOfText } from './rule-text'
import { type RuleRow, type RuleRows, rowsOfBuilt, ruleOfRows } from './rule-words'
import { useRows } from './use-rows'
import type { VariableChoice } from './variable-picker'

type RuleEditorProps = {
  label: ReactNode
  hint?: ReactNode
  rule: Rule | undefined
  /** `undefined` when nothing whole is left. */
  onChange: (rule: Rule | undefined) => void
  variables: readonly VariableChoice[]
  problems?: readonly Problem[]
}

const rowsOf = (rule: Rule | undefined): RuleRows | undefined => {
  if (rule === undefined) return { join: 'all', rows: [] }
  return typeof rule === 'string' ? rowsOfText(rule) : rowsOfBuilt(rule)
}
const textOf = (rule: Rule | undefined): string =>
  rule === undefined || typeof rule === 'string' ? (rule ?? '') : expressionOf(rule)

/** A condition, as rows where rows can say it, else as an expression. */
export function RuleEditor({ label, hint, rule, onChange, variables, problems = [] }: RuleEditorProps) {
  const [mode, setMode] = useState<'rows' | 'text'>(() => (rowsOf(rule) ? 'rows' : 'text'))
  const rows = rowsOf(rule)
  const switchMode = () => {
    if (mode === 'rows' && rule !== undefined) onChange(textOf(rule))
    if (mode === 'text' && rows) onChange(ruleOfRows(rows))
    setMode(mode === 'rows' ? 'text' : 'rows')
  }
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex min-h-7 items-center justify-between gap-3">
        <span className="font-medium text-sm">{label}</span>
        <Button
          variant="ghost"
          size="sm"
          onClick={switchMode}
          disabled={mode === 'text' && !rows}
          title={mode === 'text' && !rows ? 'This expression says more than rows can show' : undefined}
        >
          {mode === 'rows' ? <Code className="size-3.5" /> : <ListFilter className="size-3.5" />}
          {mode === 'rows' ? 'Write as expression' : 'Show as rows'}
        </Button>
      </div>
      {mode === 'text' ? (
        <DraftArea
          label={<span className="sr-only">Expression</span>}
          mono
          rows={3}
          value={textOf(rule)}
          onChange={(text) => onChange(text.trim() === '' ? undefined : text)}
          placeholder="lead.state in ['CA', 'TX'] && lead.email.valid"
          hint={hint ?? <ExpressionHint />}
          problems={problems}
        />
      ) : (
        <>
          <RuleRowsEditor
            initial={rows ?? { join: 'all', rows: [] }}
            onChange={(next) => onChange(ruleOfRows(next))}
            variables={variables}
          />
          {hint && <p className="text-pretty text-tertiary text-xs">{hint}</p>}
          <ProblemNotes problems={problems} />
        </>
      )}
    </div>
  )
}

const ExpressionHint = () => (
  <>
    Compare with <code>==</code> <code>!=</code> <code>&lt;</code> <code>in</code>, join with <code>&amp;&amp;</code>{' '}
    and <code>||</code>, and ask with <code>.valid</code>, <code>.contains('…')</code>, <code>blank(…)</code>. Text
    ignores letter case.
  </>
)

type RuleRowsEditorProps = {
  initial: RuleRows
  onChange: (rows: RuleRows) => void
  variables: readonly VariableChoice[]
}

function RuleRowsEditor({ initial, onChange, variables }: RuleRowsEditorProps) {
  const [join, setJoin] = useState(initial.join)
  const list = useRows<RuleRow>(initial.rows, (rows) => onChange({ join, rows }))
  const choose = (next: 'all' | 'any') => {
    setJoin(next)
    onChange({ join: next, rows: list.rows.map(({ field, op, value }) => ({ field, op, value })) })
  }
  return (
    <div className="flex flex-col gap-2">
      {list.rows.length > 1 && (
        <div
          role="radiogroup"
          aria-label="How conditions are joined"
          className="flex w-fit rounded-lg border bg-muted p-0.5"
        >
          {(['all', 'any'] as const).map((option) => (
            // biome-ignore lint/a11y/useSemanticElements: two halves of one switch, drawn as buttons
            <button
              key={option}
              type="button"
              role="radio"
              aria-checked={join === option}
              onClick={() => choose(option)}
              className={cn(
                'h-6 rounded-md px-2.5 text-tertiary text-xs pointer-coarse:h-9',
                join === option && 'bg-surface font-medium text-foreground shadow-sm',
              )}
            >
              {option === 'all' ? 'All are true' : 'Any is true'}
            </button>
          ))}
        </div>
      )}
      {list.rows.map((row, index) => (
        <RuleRowFields
          key={row.key}
          row={row}
          number={index + 1}
          variables={variables}
          onChange={(change) => list.change(row.key, change)}
          onRemove={() => list.remove(row.key)}
        />
      ))}
      <Button
        variant="ghost"
        size="sm"
        className="-ml-1 self-start"
        onClick={() => list.add({ field: '', op: 'equals', value: '' })}
      >
        <Plus className="size-3.5" />
        Add condition
      </Button>
    </div>
  )
}
