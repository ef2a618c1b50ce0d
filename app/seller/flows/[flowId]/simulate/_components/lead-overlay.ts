import type { RecentLead } from '../../recent-leads'

const textOf = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value))

/** What was changed in a lead that came in: values over its own, and null for what was taken away. */
export function overlayOf(recent: RecentLead | undefined, lead: Record<string, unknown>): Record<string, unknown> {
  if (!recent) return lead
  const changed = Object.entries(lead).filter(([name, value]) => textOf(value) !== recent.values[name])
  const gone = Object.keys(recent.values).filter((name) => !(name in lead))
  return Object.fromEntries([...changed, ...gone.map((name) => [name, null])])
}
