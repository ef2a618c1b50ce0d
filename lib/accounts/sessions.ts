import { and, desc, eq, exists, gt, isNull, lt, or, sql } from 'drizzle-orm'
import { db } from '../../db/client'
import { accounts, members, sessions, users } from '../../db/schema/accounts'
import { type Actor, hasRole } from '../actor'
import { recordAudit } from '../audit/index'
import { now } from '../clock'
import { forbidden, notFound } from '../errors'
import { isUuid, uuidv7 } from '../ids'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { dayMs, hourMs, minuteMs } from '../time'
import { actorColumns, actorOfRow } from './memberships'
import { EndSessionInput, SwitchAccountInput, type Visitor } from './schema'

/** A session ends after 30 days whatever happens, and after three days in which nobody used it. */
export const sessionLifeMs = 30 * dayMs
const idleMs = 72 * hourMs

export type SessionView = {
  id: string
  person: string
  userAgent: string
  ip: string
  startedAt: Date
  lastSeenAt: Date
}

const alive = () =>
  and(
    isNull(sessions.endedAt),
    gt(sessions.expiresAt, new Date(now())),
    gt(sessions.lastSeenAt, new Date(now() - idleMs)),
  )

/** Signs a person in to `accountId`, or to the account they used or joined last. Refused for someone who is a member of none. */
export async function startSession(
  userId: string,
  { accountId, visitor }: { accountId?: string | undefined; visitor?: Visitor } = {},
): Promise<Result<{ id: string; accountId: string }>> {
  const account = await accountToOpen(userId, accountId)
  if (!account)
    return err(forbidden('You are no longer a member of an account here. Ask its owner to let you in again.'))
  const id = uuidv7()
  await db()
    .insert(sessions)
    .values({
      id,
      userId,
      accountId: account,
      userAgent: visitor?.userAgent.slice(0, 300) ?? '',
      ip: visitor?.ip.slice(0, 64) ?? '',
      lastSeenAt: new Date(now()),
      expiresAt: new Date(now() + sessionLifeMs),
    })
  return ok({ id, accountId: account })
}

/** The wanted account, else the one that was used or joined last: who just made one arrives in it. */
async function accountToOpen(userId: string, wanted: string | undefined): Promise<string | undefined> {
  const here = and(eq(sessions.userId, members.userId), eq(sessions.accountId, members.accountId))
  const [account] = await db()
    .select({ accountId: members.accountId })
    .from(members)
    .leftJoin(sessions, here)
    .where(and(eq(members.userId, userId), wanted ? eq(members.accountId, wanted) : undefined))
    .groupBy(members.accountId, members.createdAt)
    .orderBy(sql`greatest(${members.createdAt}, max(${sessions.lastSeenAt})) desc`)
    .limit(1)
  return account?.accountId
}

/**
 * Who a session stands for right now, read on every request: `undefined` once it was ended, lay idle, grew too old, or
 * its person left the account. Marks it as seen, at most once a minute.
 */
export async function touchSession(sessionId: string): Promise<Actor | undefined> {
  if (!isUuid(sessionId)) return undefined
  const [row] = await db()
    .select({ lastSeenAt: sessions.lastSeenAt, ...actorColumns })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .innerJoin(members, and(eq(members.userId, sessions.userId), eq(members.accountId, sessions.accountId)))
    .where(and(eq(sessions.id, sessionId), alive()))
  if (!row) return undefined
  const { lastSeenAt, ...rest } = row
  if (lastSeenAt.getTime() < now() - minuteMs) {
    await db()
      .update(sessions)
      .set({ lastSeenAt: new Date(now()) })
      .where(and(eq(sessions.id, sessionId), alive()))
  }
  return actorOfRow(rest, 'session')
}

/** Signs out: the holder of a session ends it. Ending it twice is fine. */
export async function closeSession(sessionId: string): Promise<void> {
  if (!isUuid(sessionId)) return
  await db()
    .update(sessions)
    .set({ endedAt: new Date(now()) })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAt)))
}

/** The actor's own running sessions, wherever they are, and for an admin also those that others have in the account. */
const reachable = (actor: Actor) => {
  const own = eq(sessions.userId, actor.userId ?? sql`null`)
  return hasRole(actor, 'admin') ? or(own, eq(sessions.accountId, actor.accountId)) : own
}

/** Running sessions that the actor may end, seen last first. */
export const listSessions = (actor: Actor): Promise<SessionView[]> =>
  db()
    .select({
      id: sessions.id,
      person: users.name,
      userAgent: sessions.userAgent,
      ip: sessions.ip,
      startedAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(reachable(actor), alive()))
    .orderBy(desc(sessions.lastSeenAt))

/** Ends a session from its next request on: one's own, or as an admin that of a member who is signed in to the account. */
export async function endSession(actor: Actor, input: unknown): Promise<Result<{ sessionId: string }>> {
  const parsed = parseInput(EndSessionInput, input)
  if (!parsed.ok) return parsed
  const { sessionId } = parsed.value
  return db().transaction(async (tx) => {
    const [ended] = await tx
      .update(sessions)
      .set({ endedAt: new Date(now()) })
      .where(and(eq(sessions.id, sessionId), reachable(actor), isNull(sessions.endedAt)))
      .returning({ userId: sessions.userId })
    if (!ended) return err(notFound('This session'))
    const change = {
      action: 'session.end',
      subjectKind: 'session',
      subjectId: sessionId,
      before: { userId: ended.userId },
    }
    await recordAudit(tx, actor, change)
    return ok({ sessionId })
  })
}

/** Moves a session to another account of the same person, in place: no other session of theirs changes. */
export async function switchSessionAccount(sessionId: string, input: unknown): Promise<Result<{ accountId: string }>> {
  const parsed = parseInput(SwitchAccountInput, input)
  if (!parsed.ok) return parsed
  const { accountId } = parsed.value
  const membership = db()
    .select({ one: sql`1` })
    .from(members)
    .where(and(eq(members.userId, sessions.userId), eq(members.accountId, accountId)))
  const moved = isUuid(sessionId)
    ? await db()
        .update(sessions)
        .set({ accountId })
        .where(and(eq(sessions.id, sessionId), alive(), exists(membership)))
        .returning({ id: sessions.id })
    : []
  return moved.length > 0 ? ok({ accountId }) : err(notFound('This account'))
}

/** Forgets sessions that ended or ran out more than 30 days ago. */
export const sweepSessions = async (): Promise<void> => {
  await db()
    .delete(sessions)
    .where(lt(sessions.expiresAt, new Date(now() - 30 * dayMs)))
}
