import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { env } from '../lib/env'
import { once, processRole } from '../lib/runtime'
import * as schema from './schema/index'

export type Database = PostgresJsDatabase<typeof schema>
export type Tx = Parameters<Parameters<Database['transaction']>[0]>[0]
/** A verb that takes `tx?` runs inside the caller's transaction, or on the pool when there is none. */
export type Executor = Database | Tx

/** The transaction of postgres.js under one of Drizzle, for the statements that the hot path has. */
export const sqlOf = (tx: Tx): postgres.TransactionSql =>
  (tx._.session as unknown as { client: postgres.TransactionSql }).client

/**
 * The one pool of this process, and Drizzle over it. `DATABASE_URL` must be set: `npm start` sets it for the embedded
 * database. The hot path uses prepared statements on `sql`; Drizzle's ad-hoc queries are not prepared.
 */
export const pool = (): { sql: postgres.Sql; db: Database } =>
  once(
    'pool',
    () => {
      const url = env().DATABASE_URL
      if (!url) throw new Error('DATABASE_URL is not set. `npm start` sets it for the embedded database.')
      const sql = postgres(url, {
        max: env().DATABASE_POOL,
        onnotice: () => {},
        connection: { application_name: `baton-${processRole()}` },
        connect_timeout: 10,
      })
      return { sql, db: drizzle(sql, { schema }) }
    },
    ({ sql }) => sql.end({ timeout: 5 }),
  )

/** Drizzle over the pool: for everything but the hot path. */
export const db = (): Database => pool().db

/**
 * Hears what other processes say. All channels of a process share one LISTEN connection, which postgres.js keeps
 * beside the pool and opens again when it breaks; `onReady` runs each time it listens, since what was said meanwhile is lost.
 */
export async function subscribe(channel: string, hear: (payload: string) => void, onReady: () => void): Promise<void> {
  await pool().sql.listen(channel, hear, onReady)
}
