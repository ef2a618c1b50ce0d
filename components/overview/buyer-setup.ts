import type { BuyerConnectionView } from '@/lib/connections/schema'
import type { DestinationSummary } from '@/lib/destinations/schema'
import type { SetupStep } from '../connection/setup-checklist'

type Facts = { connections: readonly BuyerConnectionView[]; destinations: readonly DestinationSummary[] }

/** What a new buyer has still to do until its first lead arrives, from how its connections and destinations stand. */
export function buyerSetup({ connections, destinations }: Facts): SetupStep[] {
  const open = connections.find(({ setup }) => setup !== 'ready' && setup !== 'revoked') ?? connections[0]
  const connection = open && `/buyer/connections/${open.id}`
  const draft = destinations.find(({ status }) => status !== 'live') ?? destinations[0]
  const destination = draft && `/buyer/destinations/${draft.id}`
  const link = (href: string | undefined) => (href ? { href } : {})
  const isLive = destinations.some(({ status }) => status === 'live')
  const isTested = destinations.some(({ testPassed }) => testPassed === true)
  return [
    {
      id: 'accept',
      label: 'Accept an invitation',
      hint: 'A seller sends it by email; its button leads here.',
      done: connections.length > 0,
      ...link(connection),
    },
    {
      id: 'destination',
      label: 'Create a destination',
      hint: 'Where your leads are delivered: your own address, or our sandbox to begin with.',
      done: destinations.length > 0,
      href: destination ?? '/buyer/destinations/new',
    },
    {
      id: 'test',
      label: 'Send a test lead',
      hint: 'See your system’s answer, and look whether the lead arrived there.',
      done: isTested || isLive,
      ...link(destination),
    },
    {
      id: 'live',
      label: 'Go live',
      hint: 'From then on the seller can send you leads.',
      done: isLive && connections.some(({ setup }) => setup === 'ready'),
      ...link(isLive ? connection : destination),
    },
    {
      id: 'lead',
      label: 'Get your first lead',
      hint: 'It appears here as soon as it is delivered.',
      done: false,
      href: '/buyer/events',
    },
  ]
}
