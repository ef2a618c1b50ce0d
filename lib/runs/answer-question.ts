import { type Finding, type Question, questionOf } from '../engine/index'
import { valuesOnList } from '../lists/index'
import { findDuplicate, findDuplicateNow } from './duplicates'
import type { Job } from './job'

/** What the account's own data say to the step that a run waits for: earlier leads, or a list. */
export async function answerQuestion(job: Job): Promise<Finding> {
  const question = questionOf(job.compiled, job.run)
  if (question?.kind === 'duplicate') return findDuplicate(job, question)
  if (question) return onList(job, question)
  return { kind: 'missing', reason: 'The step asks for nothing that is known' }
}

/** The same for a lead that is only tried: it is in no log, and waits for nobody. */
export async function answerTried(tried: Pick<Job, 'flow' | 'compiled' | 'run'>): Promise<Finding> {
  const question = questionOf(tried.compiled, tried.run)
  if (question?.kind === 'duplicate') return findDuplicateNow(tried, question)
  if (question) return onList(tried, question)
  return { kind: 'none' }
}

/** Whether a list of the account has one of the lead's values, however long the list is. */
async function onList(
  { flow }: Pick<Job, 'flow'>,
  { listId, values }: Extract<Question, { kind: 'suppression' }>,
): Promise<Finding> {
  const there = await valuesOnList(flow.flow.accountId, listId, [...new Set(values.map(({ value }) => value))])
  if (!there) return { kind: 'missing', reason: 'The list of this step does not exist any more' }
  const found = new Set(there)
  const fields = [...new Set(values.flatMap(({ field, value }) => (found.has(value) ? [field] : [])))]
  return fields.length > 0 ? { kind: 'found', fields } : { kind: 'none' }
}
