import { type PackedLead, packLead, type Run, type TypedLead } from '../engine/index'

/** What is known of a lead under way, and as the log keeps it. */
type Kept = { run: Run; packed: PackedLead }

const clear = () => {
  throw new Error('a step set a field of a masked type')
}

/** Fields that steps have set, as the log keeps them, each with what it was when the lead came in. */
function packChanges(lead: TypedLead, names: readonly string[], packed: PackedLead): PackedLead {
  const changes = packLead(Object.fromEntries(names.flatMap((name) => (lead[name] ? [[name, lead[name]]] : []))), clear)
  for (const name in changes) {
    const change = changes[name]
    const before = packed[name]
    if (change) change.was = before && 'was' in before ? before.was : (before?.value ?? null)
  }
  return changes
}

/** Brings the lead as the log keeps it up to what the steps of the new run have set. */
export function noteChanges(job: Kept, before: Run): void {
  const { changed, lead } = job.run
  if (!changed || changed === before.changed) return
  job.packed = Object.assign(Object.create(null), job.packed, packChanges(lead, changed, job.packed))
}

/** What steps have set since the lead came in, by field; undefined when nothing was. */
export function changedFields({ run: { changed }, packed }: Kept): PackedLead | undefined {
  if (!changed) return undefined
  const fields: PackedLead = {}
  for (const name of changed) {
    const value = packed[name]
    if (value) fields[name] = value
  }
  return fields
}
