'use client'

import { withStep } from '@/components/flow/draft-document'
import { DraftNumber } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { RuleEditor } from '@/components/flow/rule-editor'
import type { BuyerStep, Rule } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { ruleVariables } from '../rule-variables'
import type { StepTabProps } from './step-tab'

function withEligibility(step: BuyerStep, rule: Rule | undefined): BuyerStep {
  const { eligible_when: _, ...rest } = step
  return rule === undefined ? rest : { ...rest, eligible_when: rule }
}

/** Which leads the buyer gets, and what it pays. */
export function RulesTab({ step, path, problems, set }: StepTabProps) {
  const { view, change } = useEditor()
  const setPrice = (price: number | undefined) => {
    const { price: _, ...rest } = step.rules
    set({ rules: price === undefined ? rest : { ...rest, price } })
  }
  return (
    <>
      <DraftNumber
        label="Price the buyer pays"
        optional
        className="max-w-60"
        prefix="$"
        value={step.rules.price}
        mayBeEmpty
        max={1_000_000}
        placeholder="45.00"
        hint="For each accepted lead, unless its answer names a price."
        problems={problemsAt(problems, `${path}.rules`)}
        onChange={setPrice}
      />
      <RuleEditor
        label="Eligible when"
        hint="A lead that does not meet this is skipped, and nothing is sent."
        none="No conditions: every lead is eligible."
        rule={step.eligible_when}
        variables={ruleVariables(view.variables)}
        problems={problemsAt(problems, `${path}.eligible_when`)}
        onChange={(rule) =>
          change((now) => withStep(now, step.id, (is) => (is.type === 'buyer' ? withEligibility(is, rule) : is)))
        }
      />
    </>
  )
}
