import type { LeadDetail } from '@/lib/leads/schema'
import { Card } from '../ui/card'
import { ConsideredTable } from './considered-table'

type ConsideredCardProps = { lead: LeadDetail; timeZone: string }

/** Every buyer that was thought of for a lead, and how each ended; for a buyer its own line. */
export function ConsideredCard({ lead, timeZone }: ConsideredCardProps) {
  const { considered, side } = lead
  const isSeller = side === 'seller'
  return (
    <Card title={isSeller ? 'Who could have got it' : 'What became of it here'} flush={considered.length > 0}>
      {considered.length > 0 ? (
        <ConsideredTable
          rows={considered}
          caption={isSeller ? 'Every buyer that was considered, and how it ended' : 'Your delivery, and how it ended'}
          timeZone={timeZone}
        />
      ) : (
        <p className="text-pretty text-sm text-tertiary">
          {lead.status === 'processing' ? 'No buyer was asked yet.' : 'The lead stopped before any buyer was asked.'}
        </p>
      )}
    </Card>
  )
}
