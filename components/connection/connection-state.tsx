import { StatusBadge } from '@/components/ui/badge'
import type { ConnectionHealth } from '@/lib/connections/schema'
import { type SetupState, setupWords } from '@/lib/flows/schema'

const looks: Record<SetupState, string> = {
  not_invited: 'draft',
  waiting_for_acceptance: 'waiting',
  invitation_expired: 'expired',
  invitation_declined: 'declined',
  invitation_revoked: 'revoked',
  setting_up: 'setup',
  testing: 'setup',
  ready: 'ready',
  destination_disabled: 'blocked',
  paused_by_buyer: 'paused',
  paused_by_seller: 'paused',
  revoked: 'revoked',
}

/** The words as the one who reads them would say it. */
const ownWords: Record<'buyer' | 'seller', Partial<Record<SetupState, string>>> = {
  buyer: {
    setting_up: 'To be set up',
    testing: 'To be tested',
    destination_disabled: 'Your destination is disabled',
    paused_by_buyer: 'Paused by you',
  },
  seller: { paused_by_seller: 'Paused by you' },
}

/** How far a connection is, in the words of the side that looks at it. */
export function ConnectionState({ setup, side }: { setup: SetupState; side: 'buyer' | 'seller' }) {
  return <StatusBadge status={looks[setup]}>{ownWords[side][setup] ?? setupWords[setup]}</StatusBadge>
}

const healthWords: Record<ConnectionHealth, string> = {
  none: 'No deliveries lately',
  healthy: 'Healthy',
  degraded: 'Some deliveries fail',
  failing: 'Most deliveries fail',
}

/** How deliveries of the last hours went. */
export function HealthBadge({ health }: { health: ConnectionHealth }) {
  return <StatusBadge status={health === 'none' ? 'draft' : health}>{healthWords[health]}</StatusBadge>
}
