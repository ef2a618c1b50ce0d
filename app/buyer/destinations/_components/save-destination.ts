import type { ActionResult } from '@/components/form/use-action-form'
import type { DestinationView, UpdateDestinationInput } from '@/lib/destinations/schema'
import { err } from '@/lib/result'
import { updateDestinationAction } from '../actions'

/** Saves changes. What a failed test lead showed is about all of them, so it names no field. */
export async function saveDestination(changes: UpdateDestinationInput): Promise<ActionResult<DestinationView>> {
  const saved = await updateDestinationAction(changes)
  if (saved.ok || !saved.error.issues) return saved
  const issues = saved.error.issues.map((issue) => (issue.path === 'config' ? { ...issue, path: '' } : issue))
  return err({ ...saved.error, issues })
}
