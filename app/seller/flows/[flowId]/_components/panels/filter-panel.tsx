'use client'

import { withStep } from '@/components/flow/draft-document'
import { DraftFrame } from '@/components/flow/draft-field'
import { DraftTemplate } from '@/components/flow/draft-template'
import { problemsAt } from '@/components/flow/problem-notes'
import { RuleEditor } from '@/components/flow/rule-editor'
import { NativeSelect } from '@/components/ui/native-select'
import type { FilterStep, FlowDocument } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { PanelFrame, PanelPart } from '../panel-frame'
import { ruleVariables } from '../rule-variables'
import { StepActions } from '../step-actions'
import { StepTest } from '../step-test'
import { StepName } from './step-name'

const outcomes: { value: FilterStep['outcome']; label: string }[] = [
  { value: 'failure', label: 'failure' },
  { value: 'success', label: 'success' },
  { value: 'error', label: 'error' },
]

/** Steps before this one whose outcome the lead may end with; one that is named already stays in the list. */
const earlierSteps = (steps: FlowDocument['steps'], index: number, named: string | undefined) =>
  steps.filter(({ id, type }, at) => (at < index && type !== 'filter' && type !== 'mapping') || id === named)

function withOutcome({ outcome_of: _, ...step }: FilterStep, chosen: string): FilterStep {
  return chosen.startsWith('of ')
    ? { ...step, outcome_of: chosen.slice('of '.length) }
    : { ...step, outcome: chosen as FilterStep['outcome'] }
}

export function FilterPanel({ step, index }: { step: FilterStep; index: number }) {
  const { view, document, problems, change } = useEditor()
  const path = `steps.${index}`
  const set = (part: Partial<FilterStep>) =>
    change((now) => withStep(now, step.id, (is) => (is.type === 'filter' ? { ...is, ...part } : is)))
  const earlier = earlierSteps(document.steps, index, step.outcome_of)
  const outcomeProblems = [...problemsAt(problems, `${path}.outcome`), ...problemsAt(problems, `${path}.outcome_of`)]
  const setOutcome = (chosen: string) =>
    change((now) => withStep(now, step.id, (is) => (is.type === 'filter' ? withOutcome(is, chosen) : is)))
  return (
    <PanelFrame
      title={step.name}
      description="A lead that meets the conditions stops here; later steps do not get it."
      actions={<StepActions step={step} index={index} />}
    >
      <StepName step={step} />
      <RuleEditor
        label="Stop when"
        rule={step.stop_when === '' ? undefined : step.stop_when}
        variables={ruleVariables(view.variables)}
        problems={problemsAt(problems, `${path}.stop_when`)}
        onChange={(rule) => set({ stop_when: rule ?? '' })}
      />
      <div className="grid gap-4 sm:grid-cols-[12rem_1fr]">
        <DraftFrame label="Answer the source with" problems={outcomeProblems}>
          {(control) => (
            <NativeSelect
              {...control}
              value={step.outcome_of === undefined ? step.outcome : `of ${step.outcome_of}`}
              onChange={(event) => setOutcome(event.target.value)}
            >
              {outcomes.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
              {earlier.length > 0 && (
                <optgroup label="What an earlier step said">
                  {earlier.map(({ id, name }) => (
                    <option key={id} value={`of ${id}`}>
                      {name}
                    </option>
                  ))}
                </optgroup>
              )}
            </NativeSelect>
          )}
        </DraftFrame>
        <DraftTemplate
          label="Reason"
          optional
          value={step.reason}
          variables={view.variables}
          maxLength={500}
          placeholder="Must be 18, not {{lead.dob.age}}"
          hint="The source sees it; variables of the lead may stand in it. Empty: the condition in words."
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
