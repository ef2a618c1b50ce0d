'use client'

import { DraftTemplate } from '@/components/flow/draft-template'
import { problemsAt } from '@/components/flow/problem-notes'
import { RuleEditor } from '@/components/flow/rule-editor'
import type { FlowDocument, Rule } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { PanelFrame } from '../panel-frame'
import { ruleVariables } from '../rule-variables'
import { FlowCaps } from './flow-caps'

function withRule(document: FlowDocument, rule: Rule | undefined, reason: string): FlowDocument {
  const { acceptance: _, ...rest } = document
  return rule === undefined ? rest : { ...rest, acceptance: { rule, reason } }
}

export function AcceptancePanel() {
  const { document, view, problems, change } = useEditor()
  const { acceptance } = document
  return (
    <PanelFrame
      title="Accept when"
      description="A lead that does not meet this is answered with failure and goes no further. Required fields are checked first."
    >
      <RuleEditor
        label="Conditions"
        rule={acceptance?.rule}
        variables={ruleVariables(view.variables)}
        problems={problemsAt(problems, 'acceptance.rule')}
        onChange={(rule) => change((now) => withRule(now, rule, now.acceptance?.reason ?? ''))}
      />
      {acceptance && (
        <DraftTemplate
          label="Reason given to the source"
          optional
          value={acceptance.reason}
          variables={view.variables}
          maxLength={500}
          placeholder="{{lead.state}} is not bought here"
          hint="Variables of the lead may stand in it. Empty: it names the condition that was not met."
          problems={problemsAt(problems, 'acceptance.reason')}
          onChange={(reason) => change((now) => withRule(now, now.acceptance?.rule, reason))}
        />
      )}
      <FlowCaps />
    </PanelFrame>
  )
}
