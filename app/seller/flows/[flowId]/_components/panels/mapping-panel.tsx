'use client'

import { withStep } from '@/components/flow/draft-document'
import { ProblemNotes, problemsAt } from '@/components/flow/problem-notes'
import { RuleEditor } from '@/components/flow/rule-editor'
import { SettingRows } from '@/components/flow/setting-rows'
import type { MappingStep, Rule } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { PanelFrame, PanelPart } from '../panel-frame'
import { ruleVariables } from '../rule-variables'
import { StepActions } from '../step-actions'
import { StepTest } from '../step-test'
import { StepName } from './step-name'
import { useFieldChoices } from './use-field-choices'

function withCondition({ when: _, ...step }: MappingStep, when: Rule | undefined): MappingStep {
  return when === undefined ? step : { ...step, when }
}

/** A step that sets fields of the lead. */
export function MappingPanel({ step, index }: { step: MappingStep; index: number }) {
  const { view, problems, change, revision } = useEditor()
  const fields = useFieldChoices()
  const path = `steps.${index}`
  const known = problemsAt(problems, `${path}.set`)
  const edit = (part: (is: MappingStep) => MappingStep) =>
    change((now) => withStep(now, step.id, (is) => (is.type === 'mapping' ? part(is) : is)))
  return (
    <PanelFrame
      title={step.name}
      description="Later steps and buyers see the new values. The log keeps what the lead came with beside them."
      actions={<StepActions step={step} index={index} />}
    >
      <StepName step={step} />
      <PanelPart
        title="Set these fields"
        description="One after the other. A template that comes to nothing leaves its field as it is; an empty value clears it."
      >
        <ProblemNotes problems={known.filter((problem) => problem.path === `${path}.set`)} />
        <SettingRows
          key={revision}
          settings={step.set}
          fields={fields}
          variables={view.variables}
          path={`${path}.set`}
          problems={known}
          onChange={(set) => edit((is) => ({ ...is, set }))}
        />
      </PanelPart>
      <RuleEditor
        label="Only when"
        none="No conditions: for every lead."
        rule={step.when}
        variables={ruleVariables(view.variables)}
        problems={problemsAt(problems, `${path}.when`)}
        onChange={(rule) => edit((is) => withCondition(is, rule))}
      />
      <PanelPart title="Try it">
        <StepTest step={step} index={index} />
      </PanelPart>
    </PanelFrame>
  )
}
