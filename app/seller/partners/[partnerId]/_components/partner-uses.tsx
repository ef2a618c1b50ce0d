import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { PartnerUse, PartnerView } from '@/lib/partners/schema'

const isStep = (use: PartnerUse) => use.kind === 'step'

const placeOf = (use: PartnerUse): string => (isStep(use) ? `step:${use.stepId}` : `source:${use.sourceId}`)

const eventsOf = (use: PartnerUse): string => {
  const own = isStep(use) ? { flow_id: use.flowId, step_id: use.stepId } : { source_id: use.sourceId }
  return `/seller/events?${new URLSearchParams(own)}`
}

/** The steps that deliver to a partner and the sources that buy from it, each with its events. */
export function PartnerUses({ partner: { uses } }: { partner: PartnerView }) {
  return (
    <Card title="Steps and sources" description="Where leads go to it and come from it" flush>
      {uses.length > 0 ? (
        <ul className="divide-y">
          {uses.map((use) => (
            <UseRow key={`${use.flowId} ${placeOf(use)}`} use={use} />
          ))}
        </ul>
      ) : (
        <p className="px-4 py-3 text-pretty text-sm text-tertiary">
          None yet. Choose this partner in a buyer step, under <em>Connection</em>, or as the introducer of a source.
        </p>
      )}
    </Card>
  )
}

function UseRow({ use }: { use: PartnerUse }) {
  const { flowId, flowName, name, live } = use
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="flex flex-wrap items-center gap-x-2">
          <Link
            href={`/seller/flows/${flowId}?at=${encodeURIComponent(placeOf(use))}`}
            className="w-fit rounded-sm font-medium underline-offset-4 hover:underline"
          >
            {name}
          </Link>
          {!isStep(use) && <Badge>source</Badge>}
          {!live && <Badge>draft</Badge>}
        </span>
        <span className="text-sm text-tertiary">{flowName}</span>
      </span>
      <Button size="sm" asChild>
        <Link href={eventsOf(use)}>Events</Link>
      </Button>
    </li>
  )
}
