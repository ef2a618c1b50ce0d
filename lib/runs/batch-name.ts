import type { Collecting } from '../engine/index'
import type { Job } from './job'

const again = 'again:'

/**
 * What a batch is called while its leads wait: that of a step is the one of this step in this version of its flow, since
 * another version may send something else, or elsewhere; one that failed is itself.
 */
export const batchName = ({ flow, version }: Pick<Job, 'flow' | 'version'>, collecting: Collecting): string =>
  'batchId' in collecting
    ? `${flow.flow.id}/${again}${collecting.batchId}/${collecting.stepId}`
    : `${flow.flow.id}/${version}/${collecting.stepId}`

/** The flow and the step of a batch, and the batch's id where it has one already. */
export function readBatchName(name: string): { flowId: string; stepId: string; batchId?: string } {
  const [flowId = '', which = '', stepId = ''] = name.split('/')
  return { flowId, stepId, ...(which.startsWith(again) && { batchId: which.slice(again.length) }) }
}
