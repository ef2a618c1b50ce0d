import { HealthBadge } from '@/components/connection/connection-state'
import { PermissionList } from '@/components/connection/permission-list'
import { type SharedField, SharedFields } from '@/components/connection/shared-fields'
import { Card } from '@/components/ui/card'
import { CopyId } from '@/components/ui/copy-id'
import { Facts } from '@/components/ui/facts'
import { RelativeTime } from '@/components/ui/relative-time'
import type { SellerConnectionView } from '@/lib/connections/schema'
import type { PartnerName } from '@/lib/partners/schema'
import { PartnerCard } from './partner-card'
import { StepsCard } from './steps-card'

type ConnectionDetailsProps = {
  connection: SellerConnectionView
  fields: readonly SharedField[]
  told: readonly SharedField[]
  /** Whom the account sells to. */
  partners: readonly PartnerName[]
  mayChange: boolean
}

/** What a seller may know of its buyer: that it is ready, what it gets, and never where. */
export function ConnectionDetails({ connection, fields, told, partners, mayChange }: ConnectionDetailsProps) {
  const { id, endpoint, authentication, health, createdAt, permissions } = connection
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-5">
        <StepsCard connection={connection} />
        <Card title="Shared fields" description="All that this buyer sees of a lead">
          <SharedFields fields={fields} />
        </Card>
        {fields.length > 0 && (
          <Card title="Told in a ping" description="What it sees of them before it buys, where it is asked for its bid">
            <SharedFields fields={told} nothing="None: it is not asked for bids. A step chooses them under Ping." />
          </Card>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        <PartnerCard id={id} record={connection.partnerRecord} partners={partners} mayChange={mayChange} />
        <Card title="Delivery">
          <Facts
            facts={[
              { label: 'Health', value: <HealthBadge health={health} /> },
              { label: 'Endpoint', value: endpoint },
              { label: 'Authentication', value: authentication },
              { label: 'Connected', value: <RelativeTime at={createdAt} /> },
              { label: 'ID', value: <CopyId id={id} /> },
            ]}
          />
        </Card>
        <Card title="What the buyer may change">
          <PermissionList permissions={permissions} />
        </Card>
      </div>
    </div>
  )
}
