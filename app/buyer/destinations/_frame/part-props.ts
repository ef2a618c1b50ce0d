import { notFound } from 'next/navigation'
import type { DestinationPart } from '@/components/destination/failure-causes'
import type { Actor } from '@/lib/actor'
import type { Permissions } from '@/lib/connections/schema'
import { getDestination } from '@/lib/destinations'
import type { Integration } from '@/lib/destinations/schema'
import { builtInMail } from '@/lib/engine'
import { env } from '@/lib/env'
import type { PartContentProps } from '../_components/part-content'
import { keeperOf, type SetupContext, setupContext } from './context'
import { partsOf, tabsOf } from './parts'

const permissionOf: Record<DestinationPart, keyof Permissions> = {
  where: 'endpoint_url',
  'sign-in': 'authentication',
  mapping: 'field_mappings',
  ping: 'field_mappings',
  test: 'test_mode',
}

/** The ping is no step of the setup: it comes when all else works. */
const hrefsFrom = (base: string, query: string, ping: string): Record<DestinationPart, string> => ({
  where: `${base}/where${query}`,
  'sign-in': `${base}/sign-in${query}`,
  mapping: `${base}/mapping${query}`,
  ping,
  test: `${base}/test${query}`,
})

type Hrefs = Record<DestinationPart, string>

function wayOf(part: DestinationPart, hrefs: Hrefs, integration: Integration): PartContentProps['way'] {
  const parts = partsOf(integration)
  const index = parts.indexOf(part)
  const [before, next] = [parts[index - 1], parts[index + 1]]
  return { mode: 'setup', ...(before && { back: hrefs[before] }), next: hrefs[next ?? 'test'] }
}

/** A test lead goes through a connection only where its seller lets it; else it carries all that is mapped. */
function testThrough({ connection, delivering }: SetupContext): string | undefined {
  const through = connection ?? (delivering.length === 1 ? delivering[0] : undefined)
  return through?.permissions.test_mode ? through.id : undefined
}

type Asked = {
  actor: Actor
  destinationId: string
  part: DestinationPart
  connectionId?: string | undefined
  mode: 'setup' | 'edit'
}

/** Everything that a part of a destination shows; a destination that is not the actor's ends in "not found". */
export async function partProps({
  actor,
  destinationId,
  part,
  connectionId,
  mode,
}: Asked): Promise<PartContentProps & { seller: string | undefined }> {
  const [found, context] = await Promise.all([
    getDestination(actor, destinationId),
    setupContext(actor, destinationId, connectionId),
  ])
  if (!found.ok || !tabsOf(found.value.integration).includes(part)) notFound()
  const { connection, offered, variables, sharedFields, told } = context
  const base = `/buyer/destinations/${destinationId}`
  const query = connection ? `?connection=${connection.id}` : ''
  const ping = `${base}/ping`
  const hrefs = mode === 'setup' ? hrefsFrom(`${base}/setup`, query, ping) : hrefsFrom(base, '', ping)
  return {
    ...{ part, hrefs, offered, variables, sharedFields, told },
    mailDefaults: { reply_to: '', ...builtInMail },
    destination: found.value,
    way: mode === 'setup' ? wayOf(part, hrefs, found.value.integration) : { mode: 'edit' },
    connectionId: connection?.id,
    movesFrom: connection?.destination?.id === destinationId ? undefined : connection?.destination?.name,
    testThrough: testThrough(context),
    egressIps: env().BATON_EGRESS_IPS,
    after: connection ? `/buyer/connections/${connection.id}` : base,
    keeper: keeperOf(context, permissionOf[part]),
    seller: connection?.partner.name,
  }
}
