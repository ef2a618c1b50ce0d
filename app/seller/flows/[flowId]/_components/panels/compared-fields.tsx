'use client'

import { ProblemNotes, problemsAt } from '@/components/flow/problem-notes'
import { Checkbox } from '@/components/ui/checkbox'
import type { Problem } from '@/lib/engine/types'
import { useFieldChoices } from './use-field-choices'

type ComparedFieldsProps = {
  label: string
  hint: string
  fields: readonly string[]
  onChange: (fields: string[]) => void
  path: string
  problems: readonly Problem[]
}

const most = 10

/** Fields of the lead that are compared, by a tick each. One that the flow lost stays until it is taken out. */
export function ComparedFields({ label, hint, fields, onChange, path, problems }: ComparedFieldsProps) {
  const choices = useFieldChoices()
  const gone = fields.filter((name) => !choices.some((choice) => choice.name === name))
  const all = [...choices, ...gone.map((name) => ({ name, label: name }))]
  const toggle = (name: string, isOn: boolean) =>
    onChange(isOn ? [...fields, name] : fields.filter((other) => other !== name))
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="font-medium text-sm">{label}</legend>
      <p className="max-w-2xl text-pretty text-sm text-tertiary">{hint}</p>
      <ul className="grid grid-cols-2 gap-x-4 gap-y-1.5 sm:grid-cols-3">
        {all.map(({ name, label: words }) => {
          const isOn = fields.includes(name)
          const isLast = isOn && fields.length === 1
          return (
            <li key={name}>
              <label className="flex min-h-6 items-center gap-2 text-sm" htmlFor={`${path}-${name}`}>
                <Checkbox
                  id={`${path}-${name}`}
                  checked={isOn}
                  disabled={isLast || (!isOn && fields.length >= most)}
                  onCheckedChange={(checked) => toggle(name, checked === true)}
                />
                <span className="min-w-0 truncate">{words}</span>
              </label>
            </li>
          )
        })}
      </ul>
      <ProblemNotes problems={problemsAt(problems, `${path}.fields`)} />
    </fieldset>
  )
}
