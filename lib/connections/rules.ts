import type { ConnectionHealth, ConnectionStats, InvitationStatus } from './schema'

/** An invitation's status as people see it: a pending one whose time has passed is expired. */
export function statusOf(
  invitation: { status: Exclude<InvitationStatus, 'expired'>; expiresAt: Date },
  nowMs: number,
): InvitationStatus {
  return invitation.status === 'pending' && invitation.expiresAt.getTime() <= nowMs ? 'expired' : invitation.status
}

export type Counts = Record<'accepted' | 'rejected' | 'error' | 'unknown', number>

/** Health of the last hours: a rejected lead arrived, so it is no fault of the way; an error or an unknown is. */
export function healthOf({ accepted, rejected, error, unknown }: Counts): ConnectionHealth {
  const delivered = accepted + rejected + error + unknown
  if (delivered === 0) return 'none'
  const faults = (error + unknown) / delivered
  if (faults > 0.5) return 'failing'
  return faults > 0.05 ? 'degraded' : 'healthy'
}

export function statsOf(
  { accepted, rejected, error, unknown }: Counts,
  cents: number,
  lastHour: Date | null,
): ConnectionStats {
  const delivered = accepted + rejected + error + unknown
  return {
    days: 30,
    delivered,
    accepted,
    rejected,
    errors: error,
    unknown,
    acceptanceRate: delivered === 0 ? null : accepted / delivered,
    cents,
    lastDeliveryHour: lastHour?.toISOString() ?? null,
  }
}
