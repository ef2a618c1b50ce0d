import type { BuyerStep } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'

/** What each tab of a buyer step gets. */
export type StepTabProps = {
  step: BuyerStep
  /** Where the step stands in the document. */
  path: string
  /** Problems of this step. */
  problems: readonly Problem[]
  set: (part: Partial<BuyerStep>) => void
}

/** The same for tabs that take parts of the step away: `change` sees it as it is by then. */
export type StepChangeProps = StepTabProps & { change: (edit: (step: BuyerStep) => BuyerStep) => void }
