import { ArrowRight, Plus } from 'lucide-react'
import Link from 'next/link'
import { DestinationState } from '@/components/destination/destination-state'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { BuyerConnectionView } from '@/lib/connections/schema'
import type { DestinationStatus, DestinationSummary } from '@/lib/destinations/schema'
import { setDeliveryAction } from '../../actions'
import { DeliveryChoice } from './delivery-choice'

type DeliveryCardProps = { connection: BuyerConnectionView; destinations: readonly DestinationSummary[] }
type Present = NonNullable<BuyerConnectionView['destination']>

const isUnderWay = (status: DestinationStatus) => status === 'draft' || status === 'tested'

const setupHref = (id: string, status: DestinationStatus, connectionId: string) =>
  `/buyer/destinations/${id}/setup/${status === 'tested' ? 'test' : 'sign-in'}?connection=${connectionId}`

function Chosen({ destination, connectionId }: { destination: Present; connectionId: string }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Link
        href={`/buyer/destinations/${destination.id}`}
        className="min-w-0 truncate font-medium underline-offset-4 hover:underline"
      >
        {destination.name}
      </Link>
      <DestinationState status={destination.status} />
      {isUnderWay(destination.status) && (
        <Button variant="primary" asChild className="sm:ml-auto">
          <Link href={setupHref(destination.id, destination.status, connectionId)}>
            Continue the setup
            <ArrowRight />
          </Link>
        </Button>
      )}
    </div>
  )
}

/** Set up in part, and used by nobody: the buyer may have left in the middle. */
function Begun({ destinations, connectionId }: { destinations: readonly DestinationSummary[]; connectionId: string }) {
  return (
    <p className="text-pretty text-sm text-tertiary">
      Begun and not live yet:{' '}
      {destinations.map(({ id, name, status }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <Link
            href={setupHref(id, status, connectionId)}
            className="text-accent-text underline-offset-4 hover:underline"
          >
            go on with {name}
          </Link>
        </span>
      ))}
      .
    </p>
  )
}

/** Where the leads of a connection go: the present destination, another that is live, or a new one. */
export function DeliveryCard({ connection, destinations }: DeliveryCardProps) {
  const { id, destination, status, permissions, partner } = connection
  if (status === 'revoked') return null
  const others = destinations.filter((other) => other.id !== destination?.id)
  const live = others.filter((other) => other.status === 'live')
  const begun = others.filter((other) => isUnderWay(other.status) && other.connections === 0)
  const isFixed = destination !== null && !permissions.endpoint_url
  return (
    <Card
      title="Where leads are delivered"
      description={destination ? undefined : 'Nothing is delivered until you say where.'}
    >
      <div className="flex flex-col gap-4">
        {destination && <Chosen destination={destination} connectionId={id} />}
        {isFixed ? (
          <p className="text-sm text-tertiary">
            {partner.name} asks you to agree a change of destination with them first.
          </p>
        ) : (
          <div className="flex flex-wrap items-end gap-2">
            {live.length > 0 && (
              <DeliveryChoice
                connectionId={id}
                isChange={destination !== null}
                destinations={live.map((other) => ({ id: other.id, name: other.name }))}
                setDelivery={setDeliveryAction}
              />
            )}
            <Button {...(!destination && live.length === 0 && { variant: 'primary' })} asChild>
              <Link href={`/buyer/destinations/new?connection=${id}`}>
                <Plus />
                {destination ? 'Set up another destination' : 'Set up a destination'}
              </Link>
            </Button>
          </div>
        )}
        {!isFixed && begun.length > 0 && <Begun destinations={begun} connectionId={id} />}
      </div>
    </Card>
  )
}
