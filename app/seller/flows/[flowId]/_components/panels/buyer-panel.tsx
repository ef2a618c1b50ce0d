'use client'

import { withStep } from '@/components/flow/draft-document'
import { problemsAt } from '@/components/flow/problem-notes'
import type { BuyerStep, DistributionStep } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { type StepTab, tabsOfStep } from '../places'
import { StepActions } from '../step-actions'
import { StepTest } from '../step-test'
import { AnswersTab } from './answers-tab'
import { AvailabilityTab } from './availability-tab'
import { ConnectionTab } from './connection-tab'
import { DeliveryTab } from './delivery-tab'
import { EmailTab } from './email-tab'
import { FailoverTab } from './failover-tab'
import { GroupOfMember } from './group-of-member'
import { MappingTab } from './mapping-tab'
import { PingTab } from './ping-tab'
import { RulesTab } from './rules-tab'
import { CircuitNotice } from './step-circuit'
import { StepSwitch } from './step-switch'
import type { StepChangeProps } from './step-tab'
import { StepTabs } from './step-tabs'

const tabs: Record<StepTab, { label: string; content: (props: StepChangeProps) => React.ReactNode }> = {
  connection: { label: 'Connection', content: (props) => <ConnectionTab {...props} /> },
  mapping: { label: 'Mapping', content: (props) => <MappingTab {...props} /> },
  rules: { label: 'Rules', content: (props) => <RulesTab {...props} /> },
  availability: { label: 'Availability', content: (props) => <AvailabilityTab {...props} /> },
  delivery: { label: 'Delivery', content: (props) => <DeliveryTab {...props} /> },
  failover: { label: 'If it fails', content: (props) => <FailoverTab {...props} /> },
  answers: { label: 'Answers', content: (props) => <AnswersTab {...props} /> },
  ping: { label: 'Ping', content: (props) => <PingTab {...props} /> },
  email: { label: 'Email', content: (props) => <EmailTab {...props} /> },
  test: { label: 'Test', content: ({ step, path }) => <StepTest step={step} index={Number(path.split('.')[1])} /> },
}

type BuyerPanelProps = { step: BuyerStep; path: string; within: DistributionStep | undefined }

/** A buyer step: how it is reached, what it gets, when, and how its answer is read. */
export function BuyerPanel({ step, path, within }: BuyerPanelProps) {
  const { problems: all, change } = useEditor()
  const problems = problemsAt(all, path)
  const edit = (to: (step: BuyerStep) => BuyerStep) =>
    change((now) => withStep(now, step.id, (is) => (is.type === 'buyer' ? to(is) : is)))
  const set = (part: Partial<BuyerStep>) => edit((is) => ({ ...is, ...part }))
  /** A lead is tried on steps of the flow: a member has its try with its distribution. */
  const shown = tabsOfStep.filter((name) => name !== 'test' || !within)
  return (
    <StepTabs
      step={step}
      actions={
        within ? <GroupOfMember within={within} /> : <StepActions step={step} index={Number(path.split('.')[1])} />
      }
      head={
        <>
          <StepSwitch step={step} />
          <CircuitNotice step={step} />
        </>
      }
      parts={shown.map((name) => ({
        tab: name,
        label: tabs[name].label,
        content: tabs[name].content({ step, path, problems, set, change: edit }),
      }))}
      problems={problems}
    />
  )
}
