import Link from 'next/link'
import { Card } from '@/components/ui/card'
import type { PartnerSummary } from '@/lib/partners/schema'

/** The connections whose buyer a partner is; nothing where it has none. */
export function PartnerConnections({ connections }: Pick<PartnerSummary, 'connections'>) {
  if (connections.length === 0) return null
  return (
    <Card title="Connections" description="It set up for itself where it gets its leads" flush>
      <ul className="divide-y">
        {connections.map(({ id, name }) => (
          <li key={id} className="px-4 py-2.5">
            <Link
              href={`/seller/connections/${id}`}
              className="rounded-sm font-medium underline-offset-4 hover:underline"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}
