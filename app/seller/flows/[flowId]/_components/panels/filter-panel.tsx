'use client'

import { withStep } from '@/components/flow/draft-document'
import { DraftFrame, DraftText } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { RuleEditor } from '@/components/flow/rule-editor'
import { NativeSelect } from '@/components/ui/native-select'
import type { FilterStep } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { PanelFrame, PanelPart } from '../panel-frame'
import { ruleVariables } from '../rule-variables'
import { StepActions } from '../step-actions'
import { StepTest } from '../step-test'

const outcomes: { value: FilterStep['outcome']; label: string }[] = [
  { value: 'failure', label: 'failure' },
  { value: 'success', label: 'success' },
  { value: 'error', label: 'error' },
]

export function FilterPanel({ step, index }: { step: FilterStep; index: number }) {
  const { view, problems, change } = useEditor()
  const path = `steps.${index}`
  const set = (part: Partial<FilterStep>) =>
    change((now) => withStep(now, step.id, (is) => (is.type === 'filter' ? { ...is, ...part } : is)))
  return (
    <PanelFrame
      title={step.name}
      description="A lead that meets the conditions stops here; later steps do not get it."
      actions={<StepActions step={step} index={index} />}
    >
      <DraftText
        label="Name"
        value={step.name}
        maxLength={120}
        className="max-w-md"
        check={(text) => (text.trim() === '' ? 'Give the step a name.' : undefined)}
        onChange={(name) => set({ name: name.trim() })}
      />
      <RuleEditor
        label="Stop when"
        rule={step.stop_when === '' ? undefined : step.stop_when}
        variables={ruleVariables(view.variables)}
        problems={problemsAt(problems, `${path}.stop_when`)}
        onChange={(rule) => set({ stop_when: rule ?? '' })}
      />
      <div className="grid gap-4 sm:grid-cols-[12rem_1fr]">
        <DraftFrame label="Answer the source with" problems={problemsAt(problems, `${path}.outcome`)}>
          {(control) => (
            <NativeSelect
              {...control}
              value={step.outcome}
              onChange={(event) => set({ outcome: event.target.value as FilterStep['outcome'] })}
            >
              {outcomes.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </NativeSelect>
          )}
        </DraftFrame>
        <DraftText
          label="Reason"
          optional
          value={step.reason}
          maxLength={500}
          placeholder="Must be 18"
          hint="The source sees it. Empty: the condition in words."
          problems={problemsAt(problems, `${path}.reason`)}
          onChange={(reason) => set({ reason })}
        />
      </div>
      <PanelPart title="Test" description="Which way a lead takes here, and why.">
        <StepTest step={step} index={index} />
      </PanelPart>
    </PanelFrame>
  )
}
