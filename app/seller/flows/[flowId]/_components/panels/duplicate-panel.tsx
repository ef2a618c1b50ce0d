'use client'

import { withStep } from '@/components/flow/draft-document'
import { DraftFrame, DraftNumber } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { NativeSelect } from '@/components/ui/native-select'
import type { DuplicateCheckStep } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { PanelFrame, PanelPart } from '../panel-frame'
import { StepActions } from '../step-actions'
import { StepTest } from '../step-test'
import { ComparedFields } from './compared-fields'
import { OnMatch } from './on-match'
import { StepName } from './step-name'

type Choice<Name extends 'match' | 'scope' | 'against'> = { value: DuplicateCheckStep[Name]; label: string }
const matches: Choice<'match'>[] = [
  { value: 'any', label: 'Any of them' },
  { value: 'all', label: 'All of them' },
]
const scopes: Choice<'scope'>[] = [
  { value: 'flow', label: 'Leads of this flow' },
  { value: 'source', label: 'Leads of the same source' },
  { value: 'account', label: 'All leads of the account' },
]
const againsts: Choice<'against'>[] = [
  { value: 'received', label: 'Every lead received' },
  { value: 'accepted', label: 'Only those that were a success' },
]

/** A step that looks whether the same person came before. */
export function DuplicatePanel({ step, index }: { step: DuplicateCheckStep; index: number }) {
  const { problems: all, change } = useEditor()
  const path = `steps.${index}`
  const problems = problemsAt(all, path)
  const set = (part: Partial<DuplicateCheckStep>) =>
    change((now) => withStep(now, step.id, (is) => (is.type === 'duplicate_check' ? { ...is, ...part } : is)))
  const select = <Name extends 'match' | 'scope' | 'against'>(
    name: Name,
    label: string,
    choices: readonly Choice<Name>[],
  ) => (
    <DraftFrame label={label} problems={problemsAt(problems, `${path}.${name}`)}>
      {(control) => (
        <NativeSelect
          {...control}
          value={step[name]}
          onChange={(event) => set({ [name]: event.target.value } as Partial<DuplicateCheckStep>)}
        >
          {choices.map(({ value, label: words }) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </NativeSelect>
      )}
    </DraftFrame>
  )
  return (
    <PanelFrame
      title={step.name}
      description="Finds leads that came before, also while those are still on their way. Of two at the same moment exactly one goes on."
      actions={<StepActions step={step} index={index} />}
    >
      <StepName step={step} />
      <ComparedFields
        label="Same person when these are equal"
        hint="Normal forms are compared: letter case, spaces and the way a phone is written do not matter. Blank and unreadable values never match."
        fields={step.fields}
        onChange={(fields) => set({ fields })}
        path={path}
        problems={problems}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        {step.fields.length > 1 && select('match', 'Equal in', matches)}
        {select('scope', 'Compare with', scopes)}
        {select('against', 'Of these count', againsts)}
        <DraftNumber
          label="Look back"
          suffix="days"
          isWhole
          value={step.window_days}
          min={0}
          max={400}
          hint="0: as far as the log reaches."
          problems={problemsAt(problems, `${path}.window_days`)}
          onChange={(days) => set({ window_days: days ?? 30 })}
        />
      </div>
      <OnMatch step={step} onChange={set} path={path} problems={problems} />
      <PanelPart
        title="Try it"
        description="A test lead goes on in any case, and says what would become of a real one."
      >
        <StepTest step={step} index={index} />
      </PanelPart>
    </PanelFrame>
  )
}
