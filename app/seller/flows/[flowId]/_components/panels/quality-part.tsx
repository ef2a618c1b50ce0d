'use client'

import { DraftFrame, DraftNumber } from '@/components/flow/draft-field'
import { ProblemNotes, problemsAt } from '@/components/flow/problem-notes'
import { StandIn } from '@/components/selling/stand-in'
import { Checkbox } from '@/components/ui/checkbox'
import { NativeSelect } from '@/components/ui/native-select'
import type { QualityRequirements } from '@/lib/engine/schema'
import { PanelPart } from '../panel-frame'
import { withConditions } from './conditions'
import type { StepChangeProps } from './step-tab'
import { useBuyerChoices } from './use-buyer-choices'
import { useFieldChoices } from './use-field-choices'

const actions = [
  { value: 'skip', label: 'Pass it over', hint: 'The next buyer is asked.' },
  {
    value: 'route_to_remediation',
    label: 'Route to remediation',
    hint: 'A buyer for such leads is asked in its place.',
  },
  { value: 'reject', label: 'Reject the lead', hint: 'The step ends: nobody else is asked.' },
]

const none: QualityRequirements = { score_field: 'lead.score', when_not_met: { action: 'skip' } }

const isEmpty = ({ min_score: least, required_fields: required, when_not_met: otherwise }: QualityRequirements) =>
  least === undefined && !required && otherwise.action === 'skip'

/** How good a lead has to be for a buyer. */
export function QualityPart({ step, path: stepPath, problems, change }: StepChangeProps) {
  const buyers = useBuyerChoices(step.id)
  const given = step.conditional_delivery?.quality_requirements
  const quality = given ?? none
  const path = `${stepPath}.conditional_delivery.quality_requirements`
  const set = (next: QualityRequirements) =>
    change((now) => withConditions(now, { quality_requirements: isEmpty(next) ? undefined : next }))
  const { min_score: least, required_fields: required = [], when_not_met: otherwise, ...rest } = quality
  const withLeast = (min_score: number | undefined) =>
    set({
      ...rest,
      when_not_met: otherwise,
      ...(required.length > 0 && { required_fields: required }),
      ...(min_score !== undefined && { min_score }),
    })
  const withRequired = (required_fields: string[]) =>
    set({
      ...rest,
      when_not_met: otherwise,
      ...(least !== undefined && { min_score: least }),
      ...(required_fields.length > 0 && { required_fields }),
    })
  return (
    <PanelPart title="Quality" description="A blank score or field does not meet it.">
      <div className="grid gap-4 sm:grid-cols-2">
        <DraftNumber
          label="Lowest score"
          optional
          value={least}
          min={-1_000_000_000}
          max={1_000_000_000}
          mayBeEmpty
          placeholder="70"
          problems={problemsAt(problems, `${path}.min_score`)}
          onChange={withLeast}
        />
        <ScoreField
          value={quality.score_field}
          onChange={(score_field) => set({ ...quality, score_field })}
          problems={problemsAt(problems, `${path}.score_field`)}
        />
      </div>
      <RequiredFields
        fields={required}
        onChange={withRequired}
        problems={problemsAt(problems, `${path}.required_fields`)}
      />
      {given && (
        <StandIn
          label="When it is not met"
          actions={actions}
          action={otherwise.action}
          onAction={(action) => set({ ...quality, when_not_met: { action: action as typeof otherwise.action } })}
          named="route_to_remediation"
          buyerLabel="Remediation buyer"
          buyer={otherwise.remediation_buyer}
          onBuyer={(remediation_buyer) => set({ ...quality, when_not_met: { ...otherwise, remediation_buyer } })}
          buyers={buyers}
          problems={problemsAt(problems, `${path}.when_not_met`)}
        />
      )}
    </PanelPart>
  )
}

const bare = (name: string) => name.replace(/^lead\./, '')

type ScoreFieldProps = { value: string; onChange: (name: string) => void; problems: StepChangeProps['problems'] }

function ScoreField({ value, onChange, problems }: ScoreFieldProps) {
  const choices = useFieldChoices()
  const isOther = !choices.some(({ name }) => name === bare(value))
  return (
    <DraftFrame label="Score field" problems={problems}>
      {(control) => (
        <NativeSelect {...control} value={bare(value)} onChange={(event) => onChange(`lead.${event.target.value}`)}>
          {isOther && <option value={bare(value)}>{value}</option>}
          {choices.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </NativeSelect>
      )}
    </DraftFrame>
  )
}

type RequiredFieldsProps = {
  fields: readonly string[]
  onChange: (fields: string[]) => void
  problems: StepChangeProps['problems']
}

/** Fields that may not be blank, by a tick each. One that the flow lost stays until it is taken out. */
function RequiredFields({ fields, onChange, problems }: RequiredFieldsProps) {
  const choices = useFieldChoices()
  const chosen = new Set(fields.map(bare))
  const gone = fields.filter((name) => !choices.some((choice) => choice.name === bare(name)))
  const toggle = (name: string, isOn: boolean) =>
    onChange(isOn ? [...fields, name] : fields.filter((other) => bare(other) !== name))
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="font-medium text-sm">Required fields</legend>
      <ul className="mt-2 grid grid-cols-2 gap-x-4 gap-y-1.5 sm:grid-cols-3">
        {[...choices, ...gone.map((name) => ({ name: bare(name), label: name }))].map(({ name, label }) => (
          <li key={name}>
            <label className="flex min-h-6 items-center gap-2 text-sm" htmlFor={`required-${name}`}>
              <Checkbox
                id={`required-${name}`}
                checked={chosen.has(name)}
                onCheckedChange={(checked) => toggle(name, checked === true)}
              />
              <span className="min-w-0 truncate">{label}</span>
            </label>
          </li>
        ))}
      </ul>
      <ProblemNotes problems={problems} />
    </fieldset>
  )
}
