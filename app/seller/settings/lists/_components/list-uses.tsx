import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import type { ListUse } from '@/lib/lists/schema'

/** The flows whose rules ask a list. */
export function ListUses({ uses }: { uses: readonly ListUse[] }) {
  if (uses.length === 0) return <p className="text-sm text-tertiary">No flow uses this list yet.</p>
  return (
    <ul aria-label="Used by" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
      <li aria-hidden className="text-tertiary">
        Used by
      </li>
      {uses.map(({ flowId, flowName, live, sourceName }) => (
        <li key={`${flowId} ${sourceName ?? ''}`} className="flex items-center gap-1.5">
          <Link href={`/seller/flows/${flowId}`} className="text-accent-text hover:underline">
            {sourceName ? `${flowName} › ${sourceName}` : flowName}
          </Link>
          <Badge tone={live ? 'green' : 'neutral'}>{live ? 'live' : 'draft'}</Badge>
        </li>
      ))}
    </ul>
  )
}
