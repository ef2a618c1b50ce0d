'use client'

import { useId, useOptimistic, useTransition } from 'react'
import { toast } from 'sonner'
import { StatusBadge } from '@/components/ui/badge'
import { Spinner } from '@/components/ui/spinner'
import { Switch } from '@/components/ui/switch'
import type { BuyerStep } from '@/lib/engine/schema'
import { type SetupState, type StepState, setupWords } from '@/lib/flows/schema'
import { setStepActiveAction } from '../../actions'
import { useEditor } from '../editor-context'

const why: Partial<Record<SetupState, string>> = {
  not_invited: 'It can be enabled when a buyer is invited and ready.',
  waiting_for_acceptance: 'It can be enabled when the buyer has accepted and finished setup.',
  invitation_expired: 'The invitation has expired. Send it again.',
  invitation_declined: 'The buyer declined. Invite somebody else.',
  invitation_revoked: 'The invitation was revoked. Invite somebody.',
  setting_up: 'It can be enabled when the buyer has finished setup.',
  testing: 'It can be enabled when the buyer’s test has passed and its destination is live.',
  destination_disabled: 'The buyer has disabled its destination.',
  paused_by_buyer: 'The buyer has paused the connection.',
  paused_by_seller: 'You have paused the connection. Resume it first.',
  revoked: 'This connection was ended. Invite the buyer again.',
}

const tones: Partial<Record<SetupState, string>> = {
  ready: 'ready',
  not_invited: 'draft',
  revoked: 'revoked',
  paused_by_buyer: 'paused',
  paused_by_seller: 'paused',
  invitation_expired: 'expired',
  invitation_declined: 'declined',
}

/** Everything is ready but for the seller's own pause of the partner. */
const isPaused = (state: StepState | undefined) => state?.setup === 'ready' && state.partner?.status === 'paused'

function headingOf(step: BuyerStep, state: StepState | undefined, setup: SetupState): string {
  if (isPaused(state)) return 'Partner paused'
  if (setup === 'ready' && step.connection.method === 'invite') return `Connected to ${state?.recipient ?? 'the buyer'}`
  return setupWords[setup]
}

/** The step as the server sees it, as far as it was saved. */
function useStepState(step: BuyerStep) {
  const { view } = useEditor()
  const state = view.flow.steps.find(({ stepId }) => stepId === step.id)
  const isLive = view.flow.liveSteps.some(({ stepId }) => stepId === step.id)
  const setup: SetupState = state?.setup ?? (step.connection.method === 'invite' ? 'not_invited' : 'ready')
  const ready = isLive ? 'Works at once, without publishing.' : 'The step takes leads once the flow is published.'
  const note = isPaused(state) ? `Nothing goes to ${state?.partner?.name} until you resume it.` : (why[setup] ?? ready)
  const tone = isPaused(state) ? 'paused' : (tones[setup] ?? 'waiting')
  return { note, tone, heading: headingOf(step, state, setup), active: state?.active ?? step.rules.active }
}

/** *Enable step*: works at once, without publishing, and says why it can't. */
export function StepSwitch({ step }: { step: BuyerStep }) {
  const { view, flush, adopt } = useEditor()
  const id = useId()
  const { note, tone, heading, active } = useStepState(step)
  const [isOn, setOn] = useOptimistic(active)
  const [isPending, start] = useTransition()
  const set = (wanted: boolean) =>
    start(async () => {
      setOn(wanted)
      if (!(await flush())) return
      const result = await setStepActiveAction({ flowId: view.flow.id, stepId: step.id, active: wanted })
      if (result.ok) adopt(result.value)
      else toast.error(result.error.message)
    })
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-lg border bg-surface px-3 py-2.5">
      <div className="flex min-w-0 flex-col">
        <StatusBadge status={tone} className="font-medium text-foreground">
          {heading}
        </StatusBadge>
        <p id={`${id}-note`} className="text-pretty text-sm text-tertiary">
          {note}
        </p>
      </div>
      <span className="flex items-center gap-2">
        {isPending && <Spinner label="Saving" className="size-3.5 text-tertiary" />}
        <label htmlFor={id} className="font-medium text-sm">
          Enable step
        </label>
        <Switch id={id} checked={isOn} onCheckedChange={set} disabled={!view.canEdit} aria-describedby={`${id}-note`} />
      </span>
    </div>
  )
}
