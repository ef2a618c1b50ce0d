'use client'

import { DraftNumber } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { RuleEditor } from '@/components/flow/rule-editor'
import type { BuyerStep, Rule } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { ruleVariables } from '../rule-variables'
import { DuplicatesPart } from './duplicates-part'
import { QualityPart } from './quality-part'
import type { StepChangeProps } from './step-tab'

function withEligibility(step: BuyerStep, rule: Rule | undefined): BuyerStep {
  const { eligible_when: _, ...rest } = step
  return rule === undefined ? rest : { ...rest, eligible_when: rule }
}

/** Which leads the buyer gets, and what it pays. */
export function RulesTab(props: StepChangeProps) {
  const { step, path, problems, change } = props
  const { view } = useEditor()
  const setPrice = (name: 'price' | 'shared_price', price: number | undefined) =>
    change(({ rules: { [name]: _, ...rest }, ...is }) => ({
      ...is,
      rules: price === undefined ? rest : { ...rest, [name]: price },
    }))
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <DraftNumber
          label="Price the buyer pays"
          optional
          prefix="$"
          value={step.rules.price}
          mayBeEmpty
          max={1_000_000}
          placeholder="45.00"
          hint="For each accepted lead, unless its answer names a price."
          problems={problemsAt(problems, `${path}.rules.price`)}
          onChange={(price) => setPrice('price', price)}
        />
        <DraftNumber
          label="Shared price"
          optional
          prefix="$"
          value={step.rules.shared_price}
          mayBeEmpty
          max={1_000_000}
          hint="In a distribution that sells to more than one. Empty: the price."
          problems={problemsAt(problems, `${path}.rules.shared_price`)}
          onChange={(price) => setPrice('shared_price', price)}
        />
      </div>
      <RuleEditor
        label="Eligible when"
        hint="A lead that does not meet this is skipped, and nothing is sent."
        none="No conditions: every lead is eligible."
        rule={step.eligible_when}
        variables={ruleVariables(view.variables)}
        problems={problemsAt(problems, `${path}.eligible_when`)}
        onChange={(rule) => change((is) => withEligibility(is, rule))}
      />
      <QualityPart {...props} />
      <DuplicatesPart {...props} />
    </>
  )
}
