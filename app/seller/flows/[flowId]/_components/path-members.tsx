'use client'

import { Building2, Split } from 'lucide-react'
import { CircuitBadge } from '@/components/circuit/circuit-badge'
import { problemsAt } from '@/components/flow/problem-notes'
import { availabilityWords } from '@/components/selling/availability-words'
import type { DistributionStep } from '@/lib/engine/schema'
import type { StepState } from '@/lib/flows/schema'
import { centsOf, formatMoney } from '@/lib/money'
import { useEditor } from './editor-context'
import { PathItem } from './path-item'

type PathMembersProps = { step: DistributionStep; path: string }
type Member = DistributionStep['buyers'][number]

/** Who is asked for a bid: by the seller, or by an invited buyer's own destination. */
const isAsked = (member: Member, state: StepState | undefined) =>
  member.type === 'buyer' && (member.ping !== undefined || state?.pinged === true)

function wordsOf(member: Member, { strategy }: DistributionStep, state: StepState | undefined): string {
  const cents = member.type === 'buyer' ? centsOf(member.rules.price) : undefined
  const weight = strategy === 'weighted' ? `weight ${member.weight ?? 1}` : undefined
  const standby = member.type === 'buyer' && member.standby ? 'standby' : undefined
  const pinged = isAsked(member, state) && strategy === 'highest_price' ? 'bids' : undefined
  return [pinged, cents ? formatMoney(cents) : undefined, weight, standby].filter(Boolean).join(' · ')
}

/** The buyers of a distribution on the way of a lead, below it. */
export function PathMembers({ step, path }: PathMembersProps) {
  const { view, problems } = useEditor()
  if (step.buyers.length === 0) return null
  return (
    <ul aria-label={`Buyers of ${step.name}`} className="mt-1.5 ml-5 flex flex-col gap-1.5 border-l pl-3">
      {step.buyers.map((member, at) => {
        const here = `${path}.buyers.${at}`
        const state = view.flow.steps.find(({ stepId }) => stepId === member.id)
        const isOn = member.type === 'buyer' ? (state?.active ?? member.rules.active) : member.active !== false
        return (
          <li key={member.id}>
            <PathItem
              goesTo={{ kind: 'step', id: member.id }}
              icon={member.type === 'buyer' ? <Building2 /> : <Split />}
              title={member.name}
              problems={problemsAt(problems, here)}
              isOff={!isOn}
              note={member.type === 'buyer' ? availabilityWords(member) : ''}
            >
              {isOn && state?.circuit?.words ? <CircuitBadge circuit={state.circuit} /> : wordsOf(member, step, state)}
            </PathItem>
            {member.type === 'distribution' && <PathMembers step={member} path={here} />}
          </li>
        )
      })}
    </ul>
  )
}
