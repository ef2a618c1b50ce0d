import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { env } from '../../lib/env'
import { pool } from '../client'
import { buildDemo, type DemoSummary } from './demo-world'
import { serveOwnAddress } from './own-address'

export type { DemoSummary }

const summaryFile = () => resolve(env().dataDir, 'secrets', 'demo.json')

/**
 * Builds the demo world on an installation that has no account yet, by the same verbs that people use. Answers what
 * was made, also at a later start; `undefined` on an installation that began without it.
 */
export async function seedDemo(): Promise<DemoSummary | undefined> {
  const [anyone] = await pool().sql`select 1 from accounts limit 1`
  if (anyone)
    return existsSync(summaryFile()) ? (JSON.parse(readFileSync(summaryFile(), 'utf8')) as DemoSummary) : undefined
  // Its buyer is our own sandbox, which must answer while it is set up; the intake process starts after this.
  const stop = await serveOwnAddress()
  try {
    const summary = await buildDemo()
    writeFileSync(summaryFile(), JSON.stringify(summary), { mode: 0o600 })
    return summary
  } finally {
    await stop()
  }
}
