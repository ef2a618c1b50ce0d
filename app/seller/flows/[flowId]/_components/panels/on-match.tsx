'use client'

import { DraftFrame } from '@/components/flow/draft-field'
import { DraftTemplate } from '@/components/flow/draft-template'
import { problemsAt } from '@/components/flow/problem-notes'
import { NativeSelect } from '@/components/ui/native-select'
import { RadioGroup } from '@/components/ui/radio-group'
import type { DuplicateCheckStep } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { useEditor } from '../editor-context'

type Part = Pick<DuplicateCheckStep, 'on_match' | 'outcome' | 'reason'>
type OnMatchProps = {
  step: Part & { id: string }
  onChange: (part: Partial<Part>) => void
  path: string
  problems: readonly Problem[]
}

/** What becomes of a lead that is found: it ends here, or goes on with a mark. */
export function OnMatch({ step, onChange, path, problems }: OnMatchProps) {
  const { view } = useEditor()
  const mark = `appended.${step.id.replaceAll('-', '_')}.found`
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-2">
        <p className="font-medium text-sm">When it is found</p>
        <RadioGroup
          aria-label="When it is found"
          columns={2}
          options={[
            { value: 'stop', label: 'Stop', hint: 'The lead ends here; later steps do not get it.' },
            { value: 'mark', label: 'Mark and go on', hint: `Later steps can ask ${mark}.` },
          ]}
          value={step.on_match}
          onValueChange={(value) => onChange({ on_match: value as Part['on_match'] })}
        />
      </div>
      {step.on_match === 'stop' && (
        <div className="grid gap-4 sm:grid-cols-[12rem_1fr]">
          <DraftFrame label="Answer the source with" problems={problemsAt(problems, `${path}.outcome`)}>
            {(control) => (
              <NativeSelect
                {...control}
                value={step.outcome}
                onChange={(event) => onChange({ outcome: event.target.value as Part['outcome'] })}
              >
                <option value="failure">failure</option>
                <option value="success">success</option>
                <option value="error">error</option>
              </NativeSelect>
            )}
          </DraftFrame>
          <DraftTemplate
            label="Reason"
            optional
            value={step.reason}
            variables={view.variables}
            maxLength={500}
            hint="The source sees it; variables of the lead may stand in it. Empty: what was found, in words."
            problems={problemsAt(problems, `${path}.reason`)}
            onChange={(reason) => onChange({ reason })}
          />
        </div>
      )}
    </div>
  )
}
