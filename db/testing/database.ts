import postgres from 'postgres'
import { afterAll, beforeAll, inject } from 'vitest'
import { stopRuntime } from '../../lib/runtime'

/**
 * Call at the top of a test file: before its tests it makes a database of its own from the migrated template, which
 * `db()` and `pool()` then reach; after them it is dropped.
 */
export function testDatabase(): void {
  const { url, template } = inject('testServer')
  const name = new URL(process.env['DATABASE_URL'] ?? '').pathname.slice(1)
  const atServer = async (work: (sql: postgres.Sql) => Promise<unknown>) => {
    const sql = postgres(url, { max: 1, onnotice: () => {} })
    await work(sql).finally(() => sql.end({ timeout: 1 }))
  }
  beforeAll(() => atServer((sql) => sql`create database ${sql(name)} template ${sql(template)}`))
  afterAll(async () => {
    await stopRuntime()
    await atServer((sql) => sql`drop database if exists ${sql(name)} with (force)`)
  })
}
