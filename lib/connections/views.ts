import type { invitations } from '../../db/schema/index'
import { statusOf } from './rules'
import type { InvitationView } from './schema'

export type InvitationRow = typeof invitations.$inferSelect

export function viewInvitation(
  row: InvitationRow,
  flowName: string | null,
  invitedBy: string | null,
  nowMs: number,
): InvitationView {
  return {
    id: row.id,
    email: row.email,
    purpose: row.purpose,
    message: row.message,
    status: statusOf(row, nowMs),
    flowId: row.flowId,
    flowName,
    stepId: row.stepId,
    sharedFields: row.sharedFields,
    permissions: row.permissions,
    expiresAt: row.expiresAt.toISOString(),
    sentAt: row.sentAt.toISOString(),
    sentCount: row.sentCount,
    invitedBy,
    connectionId: row.connectionId,
    createdAt: row.createdAt.toISOString(),
  }
}
