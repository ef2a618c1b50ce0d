'use client'

import { ListPlus, Plus, Trash2 } from 'lucide-react'
import type { Problem } from '@/lib/engine/types'
import { Button } from '../ui/button'
import { cn } from '../ui/cn'
import { problemsAt } from './problem-notes'
import { type GroupDraft, isGroup, newGroup, newRow, type PartDraft, placesOf, withPart } from './rule-draft'
import { RuleRowFields } from './rule-row'
import type { VariableChoice } from './variable-picker'

type RuleGroupProps = {
  group: GroupDraft
  /** "" for the whole rule, "2." for its second part. */
  prefix?: string
  /** Where the group stands in the document. */
  path: string
  variables: readonly VariableChoice[]
  problems: readonly Problem[]
  onChange: (group: GroupDraft) => void
}

const joints = { all: 'All are true', any: 'Any is true' } as const

function JoinSwitch({
  join,
  label,
  onChoose,
}: {
  join: 'all' | 'any'
  label: string
  onChoose: (join: 'all' | 'any') => void
}) {
  return (
    <div role="radiogroup" aria-label={label} className="flex w-fit rounded-lg border bg-muted p-0.5">
      {(['all', 'any'] as const).map((option) => (
        // biome-ignore lint/a11y/useSemanticElements: two halves of one switch, drawn as buttons
        <button
          key={option}
          type="button"
          role="radio"
          aria-checked={join === option}
          onClick={() => onChoose(option)}
          className={cn(
            'h-6 rounded-md px-2.5 text-tertiary text-xs pointer-coarse:h-9',
            join === option && 'bg-surface font-medium text-foreground shadow-sm',
          )}
        >
          {joints[option]}
        </button>
      ))}
    </div>
  )
}

const deepestGroup = 3

/** Conditions under one conjunction, and groups of them. */
export function RuleGroup({ group, prefix = '', path, variables, problems, onChange }: RuleGroupProps) {
  const places = placesOf(group)
  const add = (part: PartDraft) => onChange({ ...group, parts: [...group.parts, part] })
  const where = prefix === '' ? '' : ` in group ${prefix.slice(0, -1)}`
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {group.parts.length > 1 && (
        <JoinSwitch
          join={group.join}
          label={
            prefix === '' ? 'How conditions are joined' : `How conditions of group ${prefix.slice(0, -1)} are joined`
          }
          onChoose={(join) => onChange({ ...group, join })}
        />
      )}
      {group.parts.map((part, index) => {
        const number = `${prefix}${index + 1}`
        const at = places[index]
        const here = at === undefined ? undefined : `${path}.${group.join}.${at}`
        const change = (next: PartDraft | undefined) => onChange(withPart(group, part.key, () => next))
        if (!isGroup(part)) {
          return (
            <RuleRowFields
              key={part.key}
              row={part}
              number={number}
              variables={variables}
              problems={here ? problemsAt(problems, here) : []}
              onChange={change}
              onRemove={() => change(undefined)}
            />
          )
        }
        return (
          <section
            key={part.key}
            aria-label={`Group ${number}`}
            className="flex min-w-0 items-start gap-1 rounded-lg border border-dashed bg-muted/40 p-2"
          >
            <div className="min-w-0 flex-1">
              <RuleGroup
                group={part}
                prefix={`${number}.`}
                path={here ?? ''}
                variables={variables}
                problems={here ? problems : []}
                onChange={(next) => change(next.parts.length > 0 ? next : undefined)}
              />
            </div>
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label={`Remove group ${number}`}
              onClick={() => change(undefined)}
            >
              <Trash2 className="size-3.5" />
            </Button>
          </section>
        )
      })}
      <div className="-ml-1 flex flex-wrap gap-1">
        <Button variant="ghost" size="sm" aria-label={`Add condition${where}`} onClick={() => add(newRow())}>
          <Plus className="size-3.5" />
          Add condition
        </Button>
        {prefix.split('.').length <= deepestGroup && group.parts.length > 0 && (
          <Button
            variant="ghost"
            size="sm"
            aria-label={`Add group${where}`}
            onClick={() => add(newGroup(group.join === 'all' ? 'any' : 'all', [newRow()]))}
          >
            <ListPlus className="size-3.5" />
            Add group
          </Button>
        )}
      </div>
    </div>
  )
}
