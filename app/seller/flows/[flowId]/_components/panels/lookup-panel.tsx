'use client'

import { lastAnswerAction, testAnswerAction } from '@/app/answer-actions'
import { AnswerEditor } from '@/components/answer/answer-editor'
import { withStep } from '@/components/flow/draft-document'
import { DraftFrame, DraftNumber } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { RuleEditor } from '@/components/flow/rule-editor'
import { NativeSelect } from '@/components/ui/native-select'
import type { LookupStep, Rule } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { useEditor } from '../editor-context'
import { PanelPart } from '../panel-frame'
import { ruleVariables } from '../rule-variables'
import { StepActions } from '../step-actions'
import { StepTest } from '../step-test'
import { Service, WhatIsSent } from './asked-service'
import { StepName } from './step-name'
import { StepTabs } from './step-tabs'

type PartProps = {
  step: LookupStep
  path: string
  problems: readonly Problem[]
  set: (part: Partial<LookupStep>) => void
}

function withCondition({ run_when: _, ...step }: LookupStep, rule: Rule | undefined): LookupStep {
  return rule === undefined ? step : { ...step, run_when: rule }
}

/** A step that asks a service by HTTP, and leaves what it answers to later steps. */
export function LookupPanel({ step, index }: { step: LookupStep; index: number }) {
  const { problems: all, change } = useEditor()
  const path = `steps.${index}`
  const problems = problemsAt(all, path)
  const edit = (part: (is: LookupStep) => LookupStep) =>
    change((now) => withStep(now, step.id, (is) => (is.type === 'lookup' ? part(is) : is)))
  const props: PartProps = { step, path, problems, set: (part) => edit((is) => ({ ...is, ...part })) }
  return (
    <StepTabs
      step={step}
      description="Asks a service about the lead: is the phone reachable, what is the score, does the address exist."
      actions={<StepActions step={step} index={index} />}
      problems={problems}
      parts={[
        { tab: 'connection', label: 'Connection', content: <Connection {...props} edit={edit} /> },
        { tab: 'mapping', label: 'Mapping', content: <WhatIsSent {...props} asked={step} /> },
        { tab: 'answers', label: 'Answers', content: <Answers {...props} /> },
        { tab: 'test', label: 'Test', content: <StepTest step={step} index={index} /> },
      ]}
    />
  )
}

type Edit = (part: (is: LookupStep) => LookupStep) => void

function Connection({ edit, ...props }: PartProps & { edit: Edit }) {
  const { view } = useEditor()
  const { step, path, problems } = props
  return (
    <>
      <StepName step={step} />
      <RuleEditor
        label="Only when"
        none="No conditions: for every lead."
        rule={step.run_when}
        variables={ruleVariables(view.variables)}
        problems={problemsAt(problems, `${path}.run_when`)}
        onChange={(rule) => edit((is) => withCondition(is, rule))}
      />
      <Service {...props} title="Service" asked={step} />
      <WhenItFails {...props} />
    </>
  )
}

function Answers({ step, path, problems, set }: PartProps) {
  const { view, revision } = useEditor()
  const prefix = `appended.${step.id.replaceAll('-', '_')}`
  return (
    <PanelPart
      title="Answer"
      description={`What is captured stands in later steps as ${prefix}.<name>, in rules and in mappings.`}
    >
      <AnswerEditor
        key={step.id}
        side="lookup"
        answers={step.response}
        path={`${path}.response`}
        problems={problems}
        prefix={prefix}
        revision={revision}
        tools={{
          test: testAnswerAction,
          last: () => lastAnswerAction({ flow_id: view.flow.id, step_id: step.id }),
        }}
        onChange={(response) => set({ response })}
      />
    </PanelPart>
  )
}

function WhenItFails({ step, path, problems, set }: PartProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <DraftNumber
        label="Give up after"
        suffix="seconds"
        value={step.timeout_seconds}
        min={1}
        max={60}
        hint="The lead waits for the answer."
        problems={problemsAt(problems, `${path}.timeout_seconds`)}
        onChange={(seconds) => set({ timeout_seconds: seconds ?? 10 })}
      />
      <DraftFrame
        label="When it fails"
        hint="A refusal, an error, or no answer in time."
        problems={problemsAt(problems, `${path}.on_failure`)}
      >
        {(control) => (
          <NativeSelect
            {...control}
            value={step.on_failure}
            onChange={(event) => set({ on_failure: event.target.value as LookupStep['on_failure'] })}
          >
            <option value="continue">The lead goes on</option>
            <option value="stop">The lead ends with that reason</option>
          </NativeSelect>
        )}
      </DraftFrame>
    </div>
  )
}
