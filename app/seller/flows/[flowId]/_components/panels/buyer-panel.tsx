'use client'

import { withStep } from '@/components/flow/draft-document'
import { problemsAt } from '@/components/flow/problem-notes'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import type { BuyerStep, DistributionStep } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { PanelFrame } from '../panel-frame'
import { placeOfProblem, type StepTab, tabsOfStep } from '../places'
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
  const { document, problems: all, change, tab, go } = useEditor()
  const problems = problemsAt(all, path)
  const edit = (to: (step: BuyerStep) => BuyerStep) =>
    change((now) => withStep(now, step.id, (is) => (is.type === 'buyer' ? to(is) : is)))
  const set = (part: Partial<BuyerStep>) => edit((is) => ({ ...is, ...part }))
  /** A lead is tried on steps of the flow: a member has its try with its distribution. */
  const shown = tabsOfStep.filter((name) => name !== 'test' || !within)
  const countOn = (name: StepTab) =>
    problems.filter((problem) => placeOfProblem(problem.path, document.steps).tab === name).length
  return (
    <Tabs
      value={shown.includes(tab) ? tab : 'connection'}
      onValueChange={(next) => go({ kind: 'step', id: step.id }, next as StepTab, true)}
    >
      <PanelFrame
        title={step.name}
        actions={
          within ? <GroupOfMember within={within} /> : <StepActions step={step} index={Number(path.split('.')[1])} />
        }
        tabs={
          <>
            <StepSwitch step={step} />
            <CircuitNotice step={step} />
            <TabsList aria-label="Parts of the step">
              {shown.map((name) => (
                <TabsTrigger key={name} value={name} count={countOn(name) || undefined}>
                  {tabs[name].label}
                </TabsTrigger>
              ))}
            </TabsList>
          </>
        }
      >
        {shown.map((name) => (
          <TabsContent key={name} value={name} className="flex min-w-0 flex-col gap-6 pt-0 outline-none">
            {tabs[name].content({ step, path, problems, set, change: edit })}
          </TabsContent>
        ))}
      </PanelFrame>
    </Tabs>
  )
}
