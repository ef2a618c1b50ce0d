import type { Collecting } from '../engine/index'
import type { Job } from './job'

/**
 * What a batch is called while its leads wait: that of a step is the one of this step in this version of its flow, since
 * another version may send something else, or elsewhere; one that failed is itself.
 */
export const batchName = ({ flow, version }: Pick<Job, 'flow' | 'version'>, collecting: Collecting): string =>
  'batchId' in collecting
    ? `again/${collecting.batchId}/${collecting.stepId}`
    : `${flow.flow.id}/${version}/${collecting.stepId}`

/** The step of a batch, and the batch's id where it has one already. */
export function readBatchName(name: string): { stepId: string; batchId?: string } {
  const [first, second = '', stepId = ''] = name.split('/')
  return { stepId, ...(first === 'again' && { batchId: second }) }
}
