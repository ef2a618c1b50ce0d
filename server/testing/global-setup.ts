import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../db/migrate'
import { startPostgres } from '../postgres/index'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of a maintenance database, and the name of the migrated template beside it. */
    testServer: { url: string; template: string }
    /** A folder of this run; each test file makes its own inside. */
    testFolder: string
  }
}

/** Nothing in a test outlives it, so nothing has to reach the disk. */
const careless = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', shared_buffers: '128MB' }

const withDatabase = (url: string, database: string) => Object.assign(new URL(url), { pathname: `/${database}` }).href

/**
 * Once per run: a throw-away Postgres (or the server of BATON_TEST_DATABASE_URL) and in it a migrated template, which
 * `testDatabase()` copies for each file.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-test-'))
  const given = process.env['BATON_TEST_DATABASE_URL']
  const server = given ? undefined : await startPostgres({ dataDir: folder, settings: careless })
  const url = given ?? server?.url ?? ''
  const template = `baton_template_${process.pid}`
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  await sql`drop database if exists ${sql(template)}`
  await sql`create database ${sql(template)}`
  await migrate(withDatabase(url, template), Date.now())
  project.provide('testServer', { url, template })
  project.provide('testFolder', folder)
  return async () => {
    if (given) await sql`drop database if exists ${sql(template)}`
    await sql.end({ timeout: 1 })
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
