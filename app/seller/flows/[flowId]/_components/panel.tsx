'use client'

import { useEditor } from './editor-context'
import { AcceptancePanel } from './panels/acceptance-panel'
import { AnswerPanel } from './panels/answer-panel'
import { BuyerPanel } from './panels/buyer-panel'
import { FeedbackPanel } from './panels/feedback-panel'
import { FieldsPanel } from './panels/fields-panel'
import { FilterPanel } from './panels/filter-panel'
import { SourcePanel } from './panels/source-panel'
import { SourcesPanel } from './panels/sources-panel'
import { StartPanel } from './panels/start-panel'

/** Edits what is selected. What is gone is not there to be edited: then the way to begin is shown. */
export function Panel() {
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
    case 'sources':
      return <SourcesPanel />
    case 'source': {
      const source = view.flow.sources.find(({ id }) => id === place.id)
      return source ? <SourcePanel source={source} /> : <SourcesPanel />
    }
    case 'step': {
      const index = document.steps.findIndex(({ id }) => id === place.id)
      const step = document.steps[index]
      if (!step) return <StartPanel />
      return step.type === 'filter' ? (
        <FilterPanel step={step} index={index} />
      ) : (
        <BuyerPanel step={step} index={index} />
      )
    }
    default:
      return <StartPanel />
  }
}
