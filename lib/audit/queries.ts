import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import { db } from '../../db/client'
import { users } from '../../db/schema/accounts'
import { auditEntries } from '../../db/schema/records'
import type { Actor } from '../actor'
import { isUuid } from '../ids'

export type AuditEntry = {
  id: string
  at: Date
  via: Actor['via']
  who?: { id: string; name: string }
  action: string
  subjectKind: string
  subjectId: string
  before?: unknown
  after?: unknown
}

const pageSize = 50

/**
 * The account's changes, newest first, 50 a page; `cursor` is the `nextCursor` of the page before. With `subjects` only
 * the changes of those.
 */
export async function listAudit(
  actor: Actor,
  { cursor, subjects }: { cursor?: string; subjects?: string[] } = {},
): Promise<{ entries: AuditEntry[]; nextCursor?: string }> {
  const after = cursor && isUuid(cursor) ? lt(auditEntries.id, cursor) : undefined
  const about = subjects && inArray(auditEntries.subjectId, subjects)
  const rows = await db()
    .select({ entry: auditEntries, name: users.name })
    .from(auditEntries)
    .leftJoin(users, eq(users.id, auditEntries.userId))
    .where(and(eq(auditEntries.accountId, actor.accountId), about, after))
    .orderBy(desc(auditEntries.id))
    .limit(pageSize + 1)
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  return {
    entries: page.map(({ entry, name }) => ({
      id: entry.id,
      at: entry.createdAt,
      via: entry.via,
      ...(entry.userId && name !== null && { who: { id: entry.userId, name } }),
      action: entry.action,
      subjectKind: entry.subjectKind,
      subjectId: entry.subjectId,
      ...(entry.before !== null && { before: entry.before }),
      ...(entry.after !== null && { after: entry.after }),
    })),
    ...(rows.length > pageSize && last && { nextCursor: last.entry.id }),
  }
}
