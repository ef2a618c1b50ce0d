'use client'

import { Plus, Trash2 } from 'lucide-react'
import type { Mappings, Rule } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { Button } from '../ui/button'
import { MappingEditor } from './mapping-editor'
import { problemsAt } from './problem-notes'
import { RuleEditor } from './rule-editor'
import { useRows } from './use-rows'
import type { VariableChoice } from './variable-picker'

export type ConditionalMapping = { condition: Rule; mappings: Mappings }

type ConditionalMappingsProps = {
  blocks: readonly ConditionalMapping[]
  onChange: (blocks: ConditionalMapping[]) => void
  variables: readonly VariableChoice[]
  path: string
  problems?: readonly Problem[]
}

/** Mappings that are added only for leads that meet a condition. */
export function ConditionalMappings({ blocks, onChange, variables, path, problems = [] }: ConditionalMappingsProps) {
  const list = useRows<ConditionalMapping>(blocks, onChange)
  return (
    <div className="flex flex-col gap-3">
      {list.rows.map(({ key, condition, mappings }, index) => (
        <section
          key={key}
          aria-label={`Conditional mappings ${index + 1}`}
          className="flex flex-col gap-3 rounded-lg border p-3"
        >
          <div className="flex items-start justify-between gap-2">
            <div className="min-w-0 flex-1">
              <RuleEditor
                label="Only when"
                rule={condition === '' ? undefined : condition}
                onChange={(rule) => list.change(key, { condition: rule ?? '' })}
                variables={variables}
                problems={problemsAt(problems, `${path}.${index}.condition`)}
              />
            </div>
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label={`Remove conditional mappings ${index + 1}`}
              onClick={() => list.remove(key)}
            >
              <Trash2 className="size-3.5" />
            </Button>
          </div>
          <MappingEditor
            mappings={mappings}
            onChange={(next) => list.change(key, { mappings: next })}
            variables={variables}
            path={`${path}.${index}.mappings`}
            problems={problems}
          />
        </section>
      ))}
      <Button
        variant="ghost"
        size="sm"
        className="-ml-1 self-start"
        onClick={() => list.add({ condition: '', mappings: {} })}
      >
        <Plus className="size-3.5" />
        Add mappings for some leads only
      </Button>
    </div>
  )
}
