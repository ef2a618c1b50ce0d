'use client'

import { AtSign, Building2, type LucideIcon, Mail } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { CircuitBadge } from '@/components/circuit/circuit-badge'
import { problemsAt } from '@/components/flow/problem-notes'
import { useRuleTools } from '@/components/flow/rule-tools'
import { stepKinds } from '@/components/flow/step-kinds'
import { availabilityWords } from '@/components/selling/availability-words'
import { StatusBadge } from '@/components/ui/badge'
import type { BuyerStep, DistributionStep, FlowDocument } from '@/lib/engine/schema'
import type { StepState } from '@/lib/flows/schema'
import { centsOf, formatMoney } from '@/lib/money'
import { useEditor } from './editor-context'
import { fieldLabel } from './field-label'
import { PathItem } from './path-item'
import { RuleLine } from './rule-line'
import { sellsToSeveral, strategyWords } from './strategy-words'

const icons: Record<BuyerStep['connection']['method'], LucideIcon> = { invite: Mail, manual: Building2, email: AtSign }

type PathStepProps = {
  step: FlowDocument['steps'][number]
  index: number
  /** What picks the step up. */
  handle: ReactNode
}

/** A step on the way. Alt and an arrow move it. */
export function PathStep({ step, index, handle }: PathStepProps) {
  const { view, problems, moveTo } = useEditor()
  const state = view.flow.steps.find(({ stepId }) => stepId === step.id)
  function move(event: KeyboardEvent<HTMLButtonElement>) {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || !view.canEdit) return
    event.preventDefault()
    moveTo(step.id, index + (event.key === 'ArrowUp' ? -1 : 1))
    const button = event.currentTarget
    requestAnimationFrame(() => button.focus())
  }
  return (
    <div className="group/step relative">
      <PathItem
        goesTo={{ kind: 'step', id: step.id }}
        title={step.name}
        problems={problemsAt(problems, `steps.${index}`)}
        onKeyDown={move}
        keys="Alt+ArrowUp Alt+ArrowDown"
        icon={<StepIcon step={step} />}
        isOff={step.type === 'buyer' ? state?.active === false : step.active === false}
        aside={<StepNumbers step={step} />}
        note={step.type === 'buyer' ? availabilityWords(step) : ''}
      >
        {step.type === 'buyer' ? buyerWords(step, state) : <InnerWords step={step} />}
      </PathItem>
      {handle}
    </div>
  )
}

function iconOf(step: FlowDocument['steps'][number]): LucideIcon {
  return step.type === 'buyer' ? icons[step.connection.method] : stepKinds[step.type].icon
}

type InnerStep = Exclude<FlowDocument['steps'][number], BuyerStep>

/** "Sells to 1 of 3 buyers, by weight". */
function distributionWords(step: DistributionStep): string {
  const { strategy, sell_to: most, parallel, buyers } = step
  const count = buyers.length === 1 ? '1 buyer' : `${buyers.length} buyers`
  const whom = strategy === 'broadcast' && most === undefined ? `all of ${count}` : `${most ?? 1} of ${count}`
  const atOnce = parallel && sellsToSeveral(step) ? ', several at once' : ''
  return `Sells to ${whom}: ${strategyWords[strategy].toLowerCase()}${atOnce}`
}

/** What a step that delivers nothing does, in a line. */
function InnerWords({ step }: { step: InnerStep }) {
  if (step.type === 'distribution') return distributionWords(step)
  return (
    <>
      {step.active === false && 'Off · '}
      {step.type === 'filter' ? (
        <>
          Stop when <RuleLine rule={step.stop_when} otherwise="… no rule yet" />
        </>
      ) : (
        <Does step={step} />
      )}
    </>
  )
}

function Does({ step }: { step: Exclude<InnerStep, { type: 'filter' | 'distribution' }> }) {
  const { view } = useEditor()
  const { lists } = useRuleTools()
  const labelsOf = (names: readonly string[]) => names.map((name) => fieldLabel({ name }, view.variables))
  const verb = 'on_match' in step && step.on_match === 'mark' ? 'Marks' : 'Stops'
  switch (step.type) {
    case 'mapping': {
      const fields = labelsOf(Object.keys(step.set))
      return fields.length === 0 ? 'Sets nothing yet' : `Sets ${fields.join(', ')}`
    }
    case 'lookup':
      return `Asks ${hostOf(step.endpoint.url)}`
    case 'duplicate_check': {
      const fields = labelsOf(step.fields).join(step.match === 'all' ? ' and ' : ' or ')
      return `${verb} the same ${fields}${step.window_days > 0 ? `, ${step.window_days} days` : ''}`
    }
    case 'suppression': {
      const list = lists.find(({ id }) => id === step.list_id)
      return list ? `${verb} what is on ${list.name}` : 'No list yet'
    }
  }
}

/** Gives way to the handle, which lies over it, where that shows. */
function StepIcon({ step }: { step: FlowDocument['steps'][number] }) {
  const Icon = iconOf(step)
  return (
    <span className="block pointer-coarse:opacity-0 transition-opacity duration-120 group-focus-within/step:group-has-[[data-handle]:focus-visible]/step:opacity-0 group-has-[[data-handle]:hover]/step:opacity-0">
      <Icon />
    </span>
  )
}

/** What the buyer pays, and which part of today's leads took the way that the step is there for. */
function StepNumbers({ step }: { step: FlowDocument['steps'][number] }) {
  const { shares } = useEditor()
  const cents = step.type === 'buyer' ? centsOf(step.rules.price) : undefined
  const share = shares[step.id]
  return (
    <span className="flex flex-col items-end tabular-nums">
      {cents ? <span className="text-secondary">{formatMoney(cents)}</span> : null}
      {share && share.of > 0 && (
        <span title={`${share.count} of ${share.of} leads ${share.words} in the last 24 hours`}>
          {share.words === 'stopped' && share.count > 0 && '−'}
          {Math.round((share.count / share.of) * 100)}%
          <span className="sr-only"> {share.words} in the last 24 hours</span>
        </span>
      )}
    </span>
  )
}

function hostOf(url: string): string {
  try {
    return new URL(url).host
  } catch {
    return 'No address yet'
  }
}

function buyerWords(step: BuyerStep, state: StepState | undefined): ReactNode {
  const isOn = state?.active ?? step.rules.active
  if (isOn && state?.circuit?.words) return <CircuitBadge circuit={state.circuit} />
  const { status, words } =
    step.connection.method === 'invite' ? inviteWords(state, isOn) : ownWords(step.connection, isOn)
  return (
    <StatusBadge status={status} className="max-w-full text-tertiary">
      <span className="truncate">{words}</span>
    </StatusBadge>
  )
}

type OwnConnection = Exclude<BuyerStep['connection'], { method: 'invite' }>

function ownWords(connection: OwnConnection, isOn: boolean) {
  const where =
    connection.method === 'email' ? connection.email.to.join(', ') || 'No address yet' : hostOf(connection.endpoint.url)
  return { status: isOn ? 'enabled' : 'off', words: `${isOn ? '' : 'Off · '}${where}` }
}

function inviteWords(state: StepState | undefined, isOn: boolean) {
  if (!state || state.setup === 'not_invited') return { status: 'draft', words: 'No buyer invited yet' }
  if (state.setup !== 'ready') return { status: 'waiting', words: state.setupWords }
  return { status: isOn ? 'ready' : 'off', words: `${state.recipient}${isOn ? '' : ', ready, off'}` }
}
