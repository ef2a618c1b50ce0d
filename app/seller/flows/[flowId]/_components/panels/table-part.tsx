'use client'

import { DraftFrame, DraftText } from '@/components/flow/draft-field'
import { ProblemNotes, problemsAt } from '@/components/flow/problem-notes'
import {
  type Table,
  takenValue,
  textOfValues,
  valuesFor,
  valuesOfText,
  withValuesFor,
} from '@/components/selling/table-values'
import { Button } from '@/components/ui/button'
import { NativeSelect } from '@/components/ui/native-select'
import type { DistributionStep } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { PanelPart } from '../panel-frame'
import { useFieldChoices } from './use-field-choices'

type TablePartProps = {
  step: DistributionStep
  onChange: (table: Table) => void
  path: string
  problems: readonly Problem[]
}

const bare = (name: string) => name.replace(/^lead\./, '')

/** Which value of a field chooses which buyer or group. */
export function TablePart({ step, onChange, path, problems: all }: TablePartProps) {
  const choices = useFieldChoices()
  const problems = problemsAt(all, path)
  const table: Table = step.table ?? { field: '', members: {} }
  const isOther = table.field !== '' && !choices.some(({ name }) => name === bare(table.field))
  const nameOf = (id: string) => step.buyers.find((member) => member.id === id)?.name ?? id
  return (
    <PanelPart title="Table" description="The value of a field chooses whom to ask. Letter case does not matter.">
      <div className="grid gap-4 sm:grid-cols-2">
        <DraftFrame
          label="Field"
          problems={problems.filter((one) => one.path === path || one.path === `${path}.field`)}
        >
          {(control) => (
            <NativeSelect
              {...control}
              value={bare(table.field)}
              onChange={(event) => onChange({ ...table, field: event.target.value })}
            >
              {table.field === '' && <option value="">Choose a field</option>}
              {isOther && <option value={bare(table.field)}>{table.field}</option>}
              {choices.map(({ name, label }) => (
                <option key={name} value={name}>
                  {label}
                </option>
              ))}
            </NativeSelect>
          )}
        </DraftFrame>
        <Otherwise step={step} table={table} onChange={onChange} problems={problemsAt(problems, `${path}.default`)} />
      </div>
      {step.table &&
        step.buyers.map(({ id, name }) => (
          <DraftText
            key={id}
            label={`${name} gets`}
            optional
            value={textOfValues(valuesFor(table, id))}
            placeholder="CA, NV, OR"
            maxLength={10_000}
            check={(text) => {
              const values = valuesOfText(text)
              const taken = takenValue(table, id, values)
              if (values.some((value) => value.length > 200)) return 'Keep each value to 200 characters.'
              return taken && `“${taken.value}” goes to ${nameOf(taken.by)} already.`
            }}
            onChange={(text) => onChange(withValuesFor(table, id, valuesOfText(text)))}
          />
        ))}
      <Gone step={step} table={table} onChange={onChange} path={path} problems={problems} />
    </PanelPart>
  )
}

type PartProps = {
  step: DistributionStep
  table: Table
  onChange: (table: Table) => void
  problems: readonly Problem[]
}

function Otherwise({ step, table, onChange, problems }: PartProps) {
  const { default: chosen, ...rest } = table
  const isGone = chosen !== undefined && !step.buyers.some(({ id }) => id === chosen)
  return (
    <DraftFrame label="Any other value" problems={problems}>
      {(control) => (
        <NativeSelect
          {...control}
          value={chosen ?? ''}
          onChange={(event) => onChange(event.target.value ? { ...rest, default: event.target.value } : rest)}
        >
          <option value="">Nobody</option>
          {isGone && <option value={chosen}>{chosen}, which is gone</option>}
          {step.buyers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </NativeSelect>
      )}
    </DraftFrame>
  )
}

/** Values that choose somebody who is not in the distribution. */
function Gone({ step, table, onChange, path, problems }: PartProps & { path: string }) {
  const ids = new Set(step.buyers.map(({ id }) => id))
  const gone = Object.entries(table.members).filter(([, id]) => !ids.has(id))
  const take = (value: string) =>
    onChange({ ...table, members: Object.fromEntries(Object.entries(table.members).filter(([one]) => one !== value)) })
  return gone.map(([value, id]) => (
    <div key={value} className="flex flex-wrap items-center gap-3 text-sm">
      <span className="min-w-0 break-words">
        {value} goes to {id}, which is gone
      </span>
      <Button size="sm" onClick={() => take(value)}>
        Take it out
      </Button>
      <ProblemNotes problems={problems.filter((one) => one.path === `${path}.members.${value}`)} />
    </div>
  ))
}
