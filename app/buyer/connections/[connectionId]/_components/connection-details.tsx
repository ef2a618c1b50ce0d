import Link from 'next/link'
import { HealthBadge } from '@/components/connection/connection-state'
import { MutualSight } from '@/components/connection/mutual-sight'
import { PermissionList } from '@/components/connection/permission-list'
import { SetupChecklist } from '@/components/connection/setup-checklist'
import { type SharedField, SharedFields } from '@/components/connection/shared-fields'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Facts } from '@/components/ui/facts'
import { RelativeTime } from '@/components/ui/relative-time'
import type { BuyerConnectionView } from '@/lib/connections/schema'
import type { DestinationSummary } from '@/lib/destinations/schema'
import { DeliveryCard } from './delivery-card'
import { setupStepsOf } from './setup-steps'

type ConnectionDetailsProps = {
  connection: BuyerConnectionView
  destinations: readonly DestinationSummary[]
  fields: readonly SharedField[]
  told: readonly SharedField[]
}

function Deliveries({ connection }: { connection: BuyerConnectionView }) {
  const { id, health, stats, partner } = connection
  if (health === 'failing' || health === 'degraded')
    return (
      <Alert
        kind={health === 'failing' ? 'error' : 'warning'}
        title={
          health === 'failing' ? 'Most deliveries of the last hours failed' : 'Some deliveries of the last hours failed'
        }
        action={
          <Button size="sm" asChild>
            <Link href={`/buyer/events?connection_id=${id}&outcome=error`}>See which</Link>
          </Button>
        }
      >
        Your system could not be reached, or answered with an error. Its own log may say more.
      </Alert>
    )
  if (stats.delivered > 0) return null
  return (
    <Alert kind="good" title="Ready to receive leads">
      {partner.name} was told. Leads arrive as soon as it turns you on in its flow.
    </Alert>
  )
}

function Standing({ connection }: { connection: BuyerConnectionView }) {
  const { setup, partner } = connection
  if (setup === 'ready') return <Deliveries connection={connection} />
  if (setup === 'revoked')
    return (
      <Alert title="Disconnected">
        No leads pass through this connection. It takes a new invitation to connect again.
      </Alert>
    )
  if (setup === 'paused_by_seller')
    return (
      <Alert kind="warning" title={`Paused by ${partner.name}`}>
        Only they can resume it.
      </Alert>
    )
  if (setup === 'paused_by_buyer')
    return (
      <Alert kind="warning" title="Paused by you">
        No leads are delivered until you resume.
      </Alert>
    )
  if (setup === 'destination_disabled')
    return (
      <Alert kind="warning" title="Your destination is disabled">
        Enable it, or choose another one below, to receive leads again.
      </Alert>
    )
  return null
}

/** A seller's connection from the buyer's side: what is left to do, where leads go, what was agreed. */
export function ConnectionDetails({ connection, destinations, fields, told }: ConnectionDetailsProps) {
  const { partner, message, permissions, delivery, health, createdAt, setup } = connection
  const facts = [
    { label: 'Connected', value: <RelativeTime at={createdAt} /> },
    { label: 'Health', value: <HealthBadge health={health} /> },
    { label: 'Sent as', value: `${delivery.method}, ${delivery.format.toUpperCase()}` },
    { label: 'Time to answer', value: `${delivery.timeoutSeconds} seconds` },
  ]
  const isSettingUp = setup === 'setting_up' || setup === 'testing'
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex min-w-0 flex-col gap-5">
        <Standing connection={connection} />
        {isSettingUp && (
          <Card title="Before leads arrive">
            <SetupChecklist steps={setupStepsOf(connection)} />
          </Card>
        )}
        <DeliveryCard connection={connection} destinations={destinations} />
        <Card title="Fields you get" description={`What ${partner.name} shares of each lead.`}>
          <SharedFields fields={fields} />
        </Card>
        {fields.length > 0 && (
          <Card
            title="Told in a ping"
            description={`What ${partner.name} lets you know before you buy, where your destination has a ping.`}
          >
            <SharedFields fields={told} nothing="None: you are not asked for bids." />
          </Card>
        )}
        <Card title="What each side sees">
          <MutualSight seller={partner.name} buyer="your company" />
        </Card>
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        {message && (
          <Card title="Their message">
            <p className="whitespace-pre-line text-pretty break-words text-secondary">{message}</p>
          </Card>
        )}
        <Card title="Details">
          <Facts facts={facts} />
        </Card>
        <Card title="Once it is set up, you may">
          <PermissionList permissions={permissions} />
        </Card>
      </div>
    </div>
  )
}
