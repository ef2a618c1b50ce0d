import Link from 'next/link'
import { CheckList } from '@/components/destination/check-list'
import { InsecureBadge } from '@/components/destination/destination-state'
import { authWords } from '@/components/endpoint/auth-kinds'
import { problemsAt } from '@/components/flow/problem-notes'
import { Alert } from '@/components/ui/alert'
import { StatusBadge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Facts } from '@/components/ui/facts'
import { RelativeTime } from '@/components/ui/relative-time'
import type { DestinationView, Integration } from '@/lib/destinations/schema'
import type { DestinationPing } from '@/lib/engine/schema'
import { CircuitCard } from './circuit-card'

const integrationWords: Record<Integration, string> = {
  webhook: 'Webhook',
  email: 'Email',
  sandbox: 'Sandbox buyer',
}

function factsOf({
  integration,
  url,
  insecure,
  config,
  credential,
  connections,
  createdAt,
  updatedAt,
}: DestinationView) {
  const used = [
    { label: 'Used by', value: connections.length > 0 ? <Sellers connections={connections} /> : 'No connection yet' },
    { label: 'Changed', value: <RelativeTime at={updatedAt} /> },
    { label: 'Made', value: <RelativeTime at={createdAt} /> },
  ]
  if (integration === 'email') {
    return [
      { label: 'Integration', value: integrationWords[integration] },
      { label: 'Addresses', value: <span className="break-all">{url}</span> },
      ...used,
    ]
  }
  const { auth, headers } = config.endpoint
  const names = Object.keys(headers)
  return [
    { label: 'Integration', value: integrationWords[integration] },
    {
      label: 'Address',
      value: (
        <span className="inline-flex max-w-full flex-wrap items-center gap-2">
          <code className="break-all font-mono text-xs">POST {url}</code>
          {insecure && <InsecureBadge />}
        </span>
      ),
    },
    {
      label: 'Authentication',
      value: credential ? `${authWords[auth.type]}, ends in ${credential.lastFour || '••••'}` : authWords[auth.type],
    },
    ...(names.length > 0 ? [{ label: 'Extra headers', value: names.join(', ') }] : []),
    ...(config.ping ? [{ label: 'Ping', value: pingWords(config.ping) }] : []),
    {
      label: 'Fields sent',
      value: `${Object.keys(config.request.mappings).length}, ${config.required_fields.length} required`,
    },
    ...used,
  ]
}

const pingWords = ({ active, endpoint }: DestinationPing) =>
  active ? (
    <code className="break-all font-mono text-xs">
      {endpoint.method} {endpoint.url}
    </code>
  ) : (
    'Switched off'
  )

function Sellers({ connections }: Pick<DestinationView, 'connections'>) {
  return (
    <ul className="flex flex-col gap-1">
      {connections.map(({ id, seller, status }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-3">
          <Link href={`/buyer/connections/${id}`} className="underline-offset-4 hover:underline">
            {seller}
          </Link>
          <StatusBadge status={status} />
        </li>
      ))}
    </ul>
  )
}

function LastTest({ destination }: { destination: DestinationView }) {
  const { id, lastTest } = destination
  const action = (
    <Button size="sm" asChild>
      <Link href={`/buyer/destinations/${id}/test`}>{lastTest ? 'See all of it' : 'Send a test lead'}</Link>
    </Button>
  )
  return (
    <Card title="Last test" actions={action}>
      {lastTest ? (
        <div className="flex flex-col gap-3">
          <p className="flex flex-wrap items-center gap-x-3 text-sm text-tertiary">
            <StatusBadge status={lastTest.passed ? 'passed' : 'failed'} />
            <RelativeTime at={lastTest.at} />
          </p>
          <CheckList checks={lastTest.checks} />
        </div>
      ) : (
        <p className="text-tertiary">This configuration has not been tested yet.</p>
      )}
    </Card>
  )
}

/** A destination at a glance: where it is, who uses it, whether it works. */
export function DestinationOverview({ destination }: { destination: DestinationView }) {
  const { id, problems } = destination
  const toMend = problems.filter(({ message }) => !message.includes('event_id'))
  const isUnmapped = toMend.length < problems.length && problemsAt(problems, 'request.mappings').length > 0
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      {(toMend.length > 0 || isUnmapped) && (
        <Alert kind="warning" title="Worth a look" className="lg:col-span-2">
          <ul className="list-disc pl-4">
            {toMend.map(({ path, message }) => (
              <li key={`${path} ${message}`}>{message}</li>
            ))}
            {isUnmapped && (
              <li>
                The event ID is not mapped. Returns and conversions are reported with it.{' '}
                <Link
                  href={`/buyer/destinations/${id}/mapping`}
                  className="text-accent-text underline-offset-4 hover:underline"
                >
                  Map it
                </Link>
              </li>
            )}
          </ul>
        </Alert>
      )}
      <Card title="Details">
        <Facts facts={factsOf(destination)} />
      </Card>
      <div className="flex min-w-0 flex-col gap-5">
        <LastTest destination={destination} />
        {destination.circuit && <CircuitCard id={id} circuit={destination.circuit} />}
      </div>
    </div>
  )
}
