/** What a member may do, from most to least. */
export const roles = ['owner', 'admin', 'member', 'viewer'] as const
export type Role = (typeof roles)[number]

/** `full` has everything; `partner` came by invitation and has no flows. */
export const plans = ['full', 'partner'] as const
export type Plan = (typeof plans)[number]

/**
 * Who is asking, for which account. Every verb and query takes one, and puts `accountId` into its `where`.
 * `userId` is missing when the system itself acts (a worker, a seed).
 */
export type Actor = {
  accountId: string
  accountName: string
  plan: Plan
  role: Role
  userId?: string
  userName?: string
  userEmail?: string
  via: 'session' | 'api-key' | 'system'
  isOperator?: boolean
}

const rank: Record<Role, number> = { owner: 3, admin: 2, member: 1, viewer: 0 }

/** True when the actor's role is at least `role`. Viewers read, members configure, admins manage access, owners own. */
export const hasRole = (actor: Actor, role: Role): boolean => rank[actor.role] >= rank[role]
