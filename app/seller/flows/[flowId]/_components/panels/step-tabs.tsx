'use client'

import type { ReactNode } from 'react'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import type { Step } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { useEditor } from '../editor-context'
import { PanelFrame } from '../panel-frame'
import { placeOfProblem, type StepTab } from '../places'

type StepTabsProps = {
  step: Step
  description?: string
  actions: ReactNode
  /** Stands above the tabs. */
  head?: ReactNode
  parts: readonly { tab: StepTab; label: string; content: ReactNode }[]
  problems: readonly Problem[]
}

/** The panel of a step in parts, each with the count of its problems; which one is open stands in the address. */
export function StepTabs({ step, description, actions, head, parts, problems }: StepTabsProps) {
  const { document, tab, go } = useEditor()
  const countOn = (name: StepTab) =>
    problems.filter((problem) => placeOfProblem(problem.path, document.steps).tab === name).length
  return (
    <Tabs
      value={parts.some((part) => part.tab === tab) ? tab : 'connection'}
      onValueChange={(next) => go({ kind: 'step', id: step.id }, next as StepTab, true)}
    >
      <PanelFrame
        title={step.name}
        description={description}
        actions={actions}
        tabs={
          <>
            {head}
            <TabsList aria-label="Parts of the step">
              {parts.map((part) => (
                <TabsTrigger key={part.tab} value={part.tab} count={countOn(part.tab) || undefined}>
                  {part.label}
                </TabsTrigger>
              ))}
            </TabsList>
          </>
        }
      >
        {parts.map((part) => (
          <TabsContent key={part.tab} value={part.tab} className="flex min-w-0 flex-col gap-6 pt-0 outline-none">
            {part.content}
          </TabsContent>
        ))}
      </PanelFrame>
    </Tabs>
  )
}
