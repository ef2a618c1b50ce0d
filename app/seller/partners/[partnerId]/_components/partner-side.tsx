import type { PartnerView } from '@/lib/partners/schema'
import { PartnerConnections } from './partner-connections'
import { PartnerSettings } from './partner-settings'
import { PartnerUses } from './partner-uses'

/** Where a partner is met, and who it is. */
export function PartnerSide({ partner, mayChange }: { partner: PartnerView; mayChange: boolean }) {
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <PartnerUses partner={partner} />
      <PartnerConnections connections={partner.connections} />
      <PartnerSettings key={partner.id} partner={partner} mayChange={mayChange} />
    </div>
  )
}
