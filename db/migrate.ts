import { resolve } from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { ensurePartitions } from './partitions'

/** Any number, as long as every Baton process takes the same one: "baton" in ASCII. */
const lockKey = 0x6261746f6e

/**
 * Brings a database to the present schema and makes the partitions that are due. Processes that start together wait
 * for each other on an advisory lock. Reads `db/migrations` under the current folder, so that bundled code finds it.
 * @param nowMs Unix milliseconds, decides which months get a partition
 */
export async function migrate(databaseUrl: string, nowMs: number): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {}, connection: { application_name: 'baton-migrate' } })
  try {
    await sql`select pg_advisory_lock(${lockKey})`
    await runMigrations(drizzle(sql), { migrationsFolder: resolve(process.cwd(), 'db/migrations') })
    await ensurePartitions(sql, nowMs)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
