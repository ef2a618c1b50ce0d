'use client'

import Link from 'next/link'
import { problemsAt } from '@/components/flow/problem-notes'
import { Toggle } from '@/components/form/toggle'
import { CapsEditor, withCapPart } from '@/components/selling/caps-editor'
import { HoursEditor } from '@/components/selling/hours-editor'
import { StandIn } from '@/components/selling/stand-in'
import type { ConditionalDelivery, StepCaps } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { PanelPart } from '../panel-frame'
import { useCapUseOf } from '../use-cap-use'
import { withConditions } from './conditions'
import type { StepChangeProps } from './step-tab'
import { useBuyerChoices } from './use-buyer-choices'

/** When a buyer takes leads, and how many. */
export function AvailabilityTab({ step, path, problems, change }: StepChangeProps) {
  const { view } = useEditor()
  const buyers = useBuyerChoices(step.id)
  const conditions = step.conditional_delivery
  const set = (part: { [Key in keyof ConditionalDelivery]?: ConditionalDelivery[Key] | undefined }) =>
    change((now) => withConditions(now, part))
  const setStandby = (isOn: boolean) => change(({ standby: _, ...rest }) => (isOn ? { ...rest, standby: true } : rest))
  return (
    <>
      <Toggle
        label="On standby"
        checked={step.standby === true}
        onChange={setStandby}
        hint="Asked only as the backup, alternate, remediation or failover of another buyer."
      />
      <PartnerNote stepId={step.id} />
      <PanelPart title="Hours" description="A lead that comes outside them does not go to this buyer.">
        <HoursEditor
          times={conditions?.time_restrictions}
          onChange={(time_restrictions) => set({ time_restrictions })}
          flowZone={view.flow.timeZone}
          buyers={buyers}
          path={`${path}.conditional_delivery.time_restrictions`}
          problems={problems}
          isFixed={!view.canEdit}
        />
      </PanelPart>
      <Caps
        stepId={step.id}
        caps={conditions?.caps}
        onChange={(caps) => set({ caps })}
        path={`${path}.conditional_delivery.caps`}
        problems={problems}
      />
    </>
  )
}

/** What counts beside the step's own, by the name of its owner. */
function PartnerNote({ stepId }: { stepId: string }) {
  const { view } = useEditor()
  const partner = view.flow.steps.find((state) => state.stepId === stepId)?.partner
  if (!partner) return null
  return (
    <p className="text-pretty text-sm text-tertiary">
      The limits and the schedule of{' '}
      <Link href={`/seller/partners/${partner.id}`} className="text-accent-text underline-offset-4 hover:underline">
        {partner.name}
      </Link>{' '}
      count too, over all of its steps.
    </p>
  )
}

const actions = [
  { value: 'skip', label: 'Pass it over', hint: 'The next buyer is asked.' },
  { value: 'overflow_to_backup', label: 'Overflow to a backup', hint: 'That one is asked in its place.' },
  { value: 'queue', label: 'Queue the lead', hint: 'Where nobody else takes it, it waits until the cap starts anew.' },
  { value: 'reject', label: 'Reject the lead', hint: 'The step ends: nobody else is asked.' },
]

type CapsProps = {
  stepId: string
  caps: StepCaps | undefined
  onChange: (caps: StepCaps | undefined) => void
  path: string
  problems: StepChangeProps['problems']
}

const isEmpty = ({ when_exceeded: exceeded, ...rest }: StepCaps) =>
  exceeded.action === 'skip' && Object.keys(rest).length === 0

function Caps({ stepId, caps, onChange, path, problems }: CapsProps) {
  const { view } = useEditor()
  const buyers = useBuyerChoices(stepId)
  const use = useCapUseOf('step', stepId)
  const exceeded = caps?.when_exceeded ?? { action: 'skip' }
  const set = (next: StepCaps) => onChange(isEmpty(next) ? undefined : next)
  const setExceeded = (when_exceeded: StepCaps['when_exceeded']) => set({ ...caps, when_exceeded })
  return (
    <PanelPart
      title="Caps"
      description="At the most so many leads, or so much money at the price of the step. Exact, with any number of processes; a refused lead gives its place back."
    >
      <CapsEditor
        caps={caps}
        onChange={(part) => set({ ...withCapPart(caps, part), when_exceeded: exceeded })}
        hasMoney
        zone={view.flow.timeZone}
        use={use}
        from="once you publish"
        path={path}
        problems={problems}
      />
      {caps && (
        <StandIn
          label="When a cap is reached"
          actions={actions}
          action={exceeded.action}
          onAction={(action) => setExceeded({ action: action as typeof exceeded.action })}
          named="overflow_to_backup"
          buyerLabel="Backup buyer"
          buyer={exceeded.backup_buyer}
          onBuyer={(backup_buyer) => setExceeded({ ...exceeded, backup_buyer })}
          buyers={buyers}
          problems={problemsAt(problems, `${path}.when_exceeded`)}
        />
      )}
    </PanelPart>
  )
}
