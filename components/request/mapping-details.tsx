'use client'

import { SlidersHorizontal } from 'lucide-react'
import type { MappingParts } from '@/lib/engine/schema'
import type { MappedValue, Problem } from '@/lib/engine/types'
import { RuleEditor } from '../flow/rule-editor'
import type { VariableChoice } from '../flow/variable-picker'
import { Button } from '../ui/button'
import { NativeSelect } from '../ui/native-select'
import { transformWords } from './transform-kinds'
import { TransformList } from './transform-list'

/** What a mapping may say beyond its value. */
export type MappingExtras = Omit<MappingParts, 'value'>

export const hasExtras = (extras: MappingExtras): boolean => Object.values(extras).some((part) => part !== undefined)

/** Opens what more may be said of a mapping; filled where something is. */
export function DetailsButton({
  name,
  extras,
  isOpen,
  onToggle,
}: {
  name: string
  extras: MappingExtras
  isOpen: boolean
  onToggle: () => void
}) {
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={`Changes and condition of ${name}`}
      title="Changes and condition"
      aria-expanded={isOpen}
      onClick={onToggle}
      className={hasExtras(extras) ? 'text-accent-text' : ''}
    >
      <SlidersHorizontal className="size-3.5" />
    </Button>
  )
}

type MappedNoteProps = { extras: MappingExtras; value: MappedValue | undefined; isOpen: boolean }

/** What becomes of the sample lead's value, where that is not plain to see. */
export function MappedNote({ extras, value, isOpen }: MappedNoteProps) {
  const words = [
    ...(extras.transform ?? []).map(transformWords),
    ...(extras.when === undefined ? [] : ['for some leads']),
  ].join(' · ')
  if (words === '' && !isOpen) return null
  return (
    <p className="flex min-w-0 flex-wrap gap-x-1.5 text-tertiary text-xs">
      {words !== '' && <span>{words}</span>}
      {value && (
        <output aria-label="On the sample lead" className="min-w-0 truncate font-mono">
          {value.before === '' ? '(empty)' : value.before} → {sentWords(value.after)}
        </output>
      )}
    </p>
  )
}

const sentWords = (after: string | null) => {
  if (after === null) return '(not sent)'
  return after === '' ? '(empty)' : after
}

type MappingDetailsProps = {
  name: string
  extras: MappingExtras
  onChange: (extras: MappingExtras) => void
  variables: readonly VariableChoice[]
  problems: readonly Problem[]
}

const omitWords = { usual: 'As the request says', omit: 'Is left out', send: 'Is sent as an empty text' }
type Omit_ = keyof typeof omitWords

const omitOf = ({ omit_when_empty: omits }: MappingExtras): Omit_ => {
  if (omits === undefined) return 'usual'
  return omits ? 'omit' : 'send'
}

/** Without what is not said, so that a plain mapping stays a plain value. */
const tidy = (extras: MappingExtras): MappingExtras =>
  Object.fromEntries(Object.entries(extras).filter(([, part]) => part !== undefined))

/** Changes, condition and what an empty value does, of one mapping. */
export function MappingDetails({ name, extras, onChange, variables, problems }: MappingDetailsProps) {
  const set = (part: MappingExtras) => onChange(tidy({ ...extras, ...part }))
  return (
    <section
      aria-label={`Details of ${name}`}
      className="@container flex flex-col gap-4 rounded-lg border bg-muted/40 p-3"
    >
      <div className="flex flex-col gap-1.5">
        <p className="font-medium text-sm">Changes</p>
        <TransformList
          transforms={extras.transform ?? []}
          onChange={(transform) => set({ transform: transform.length > 0 ? transform : undefined })}
        />
      </div>
      <RuleEditor
        label="Only when"
        rule={extras.when}
        variables={variables}
        problems={problems}
        onChange={(when) => set({ when })}
      />
      <div className="flex max-w-60 flex-col gap-1.5">
        <span aria-hidden className="font-medium text-sm">
          An empty value
        </span>
        <NativeSelect
          aria-label="An empty value"
          value={omitOf(extras)}
          onChange={(event) =>
            set({ omit_when_empty: { usual: undefined, omit: true, send: false }[event.target.value as Omit_] })
          }
        >
          {Object.entries(omitWords).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </NativeSelect>
      </div>
    </section>
  )
}
