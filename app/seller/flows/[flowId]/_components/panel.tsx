'use client'

import { useMemo } from 'react'
import { type PlacedStep, placedSteps } from '@/components/flow/distribution-members'
import type { Step } from '@/lib/engine/schema'
import { EditorContext, useEditor } from './editor-context'
import { AcceptancePanel } from './panels/acceptance-panel'
import { AnswerPanel } from './panels/answer-panel'
import { BuyerPanel } from './panels/buyer-panel'
import { DistributionPanel } from './panels/distribution-panel'
import { DuplicatePanel } from './panels/duplicate-panel'
import { FeedbackPanel } from './panels/feedback-panel'
import { FieldsPanel } from './panels/fields-panel'
import { FilterPanel } from './panels/filter-panel'
import { HistoryPanel } from './panels/history-panel'
import { LookupPanel } from './panels/lookup-panel'
import { MappingPanel } from './panels/mapping-panel'
import { SourcePanel } from './panels/source-panel'
import { SourcesPanel } from './panels/sources-panel'
import { StartPanel } from './panels/start-panel'
import { SuppressionPanel } from './panels/suppression-panel'

/** The step of the flow that a step is, or stands in. */
const indexOfStep = (steps: readonly Step[], id: string) =>
  Number(
    placedSteps(steps)
      .find(({ step }) => step.id === id)
      ?.path.split('.')[1] ?? -1,
  )

/** Edits what is selected, which may read what the steps before it appended and nothing of later ones. */
export function Panel() {
  const editor = useEditor()
  const { place, document, view } = editor
  const shown = useMemo(() => {
    const at = place.kind === 'step' ? indexOfStep(document.steps, place.id) : 0
    const earlier = new Set(document.steps.slice(0, Math.max(at, 0)).map(({ id }) => id))
    const variables = view.variables.filter(({ stepId }) => stepId === undefined || earlier.has(stepId))
    return { ...editor, view: { ...view, variables } }
  }, [editor, place, document, view])
  return (
    <EditorContext value={shown}>
      <PanelOfPlace />
    </EditorContext>
  )
}

/** What is gone is not there to be edited: then the way to begin is shown. */
function PanelOfPlace() {
  const { place, document, view } = useEditor()
  switch (place.kind) {
    case 'fields':
      return <FieldsPanel />
    case 'acceptance':
      return <AcceptancePanel />
    case 'answer':
      return <AnswerPanel />
    case 'feedback':
      return <FeedbackPanel />
    case 'history':
      return <HistoryPanel />
    case 'history-of':
      return <HistoryPanel stepId={place.id} />
    case 'sources':
      return <SourcesPanel />
    case 'source': {
      const source = view.flow.sources.find(({ id }) => id === place.id)
      return source ? <SourcePanel source={source} /> : <SourcesPanel />
    }
    case 'step': {
      const placed = placedSteps(document.steps).find(({ step }) => step.id === place.id)
      if (!placed) return <StartPanel />
      return <StepPanel placed={placed} index={Number(placed.path.split('.')[1])} />
    }
    default:
      return <StartPanel />
  }
}

function StepPanel({ placed, index }: { placed: PlacedStep; index: number }) {
  const { step, path, within } = placed
  switch (step.type) {
    case 'filter':
      return <FilterPanel step={step} index={index} />
    case 'mapping':
      return <MappingPanel step={step} index={index} />
    case 'lookup':
      return <LookupPanel step={step} index={index} />
    case 'duplicate_check':
      return <DuplicatePanel step={step} index={index} />
    case 'suppression':
      return <SuppressionPanel step={step} index={index} />
    case 'distribution':
      return <DistributionPanel step={step} path={path} within={within} />
    case 'buyer':
      return <BuyerPanel step={step} path={path} within={within} />
  }
}
