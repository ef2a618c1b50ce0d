import { type Finding, type Question, questionOf } from '../engine/index'
import { valuesOnList } from '../lists/index'
import { findDuplicate } from './duplicates'
import type { Job } from './job'

/** What the account's own data say to the step that a run waits for: earlier leads, or a list. */
export async function answerQuestion(job: Job): Promise<Finding> {
  const question = questionOf(job.compiled, job.run)
  if (question?.kind === 'duplicate') return findDuplicate(job, question)
  if (question) return onList(job, question)
  return { kind: 'missing', reason: 'The step asks for nothing that is known' }
}

/** Whether a list of the account has one of the lead's values, however long the list is. */
async function onList({ flow }: Job, { listId, values }: Extract<Question, { kind: 'suppression' }>): Promise<Finding> {
  const there = await valuesOnList(flow.flow.accountId, listId, [...new Set(values.map(({ value }) => value))])
  if (!there) return { kind: 'missing', reason: 'The list of this step does not exist any more' }
  const found = new Set(there)
  const fields = [...new Set(values.flatMap(({ field, value }) => (found.has(value) ? [field] : [])))]
  return fields.length > 0 ? { kind: 'found', fields } : { kind: 'none' }
}
