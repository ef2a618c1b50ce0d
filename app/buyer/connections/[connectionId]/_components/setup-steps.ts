import type { SetupStep } from '@/components/connection/setup-checklist'
import type { BuyerConnectionView } from '@/lib/connections/schema'

/** The buyer's way from acceptance to the first lead, each step with the place where it is done. */
export function setupStepsOf({ id, partner, destination }: BuyerConnectionView): SetupStep[] {
  const setup = destination && `/buyer/destinations/${destination.id}/setup`
  const isTested = destination !== null && destination.status !== 'draft'
  return [
    { id: 'connected', label: `Connect with ${partner.name}`, hint: 'You accepted the invitation.', done: true },
    {
      id: 'destination',
      label: 'Say where leads go',
      hint: 'Your system’s address, how to sign in to it, and what your fields are called.',
      done: destination !== null,
      href: setup ? `${setup}/where?connection=${id}` : `/buyer/destinations/new?connection=${id}`,
    },
    {
      id: 'test',
      label: 'Send a test lead',
      hint: 'It has to arrive before real ones do.',
      done: isTested,
      ...(setup && { href: `${setup}/test?connection=${id}` }),
    },
    {
      id: 'live',
      label: 'Go live',
      hint: `${partner.name} is told, and can start sending.`,
      done: destination?.status === 'live',
      ...(setup && isTested && { href: `${setup}/test?connection=${id}` }),
    },
  ]
}
