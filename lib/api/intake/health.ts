import type { Context } from 'hono'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { pool } from '../../../db/client'
import { runsInFlight } from '../../runs/index'
import { once } from '../../runtime'
import { plain } from './request'

/** The process is up. */
export const healthz = (): Response => plain(200, 'ok')

/** The process can take leads: its database answers. */
export async function readyz(): Promise<Response> {
  try {
    await pool().sql`select 1`
    return plain(200, 'ready')
  } catch {
    return plain(503, 'The database does not answer', { 'retry-after': '2' })
  }
}

const registry = () =>
  once('metrics', () => {
    const made = new Registry()
    collectDefaultMetrics({ register: made })
    new Gauge({
      name: 'baton_runs_in_flight',
      help: 'Leads under way in this process',
      registers: [made],
      collect() {
        this.set(runsInFlight())
      },
    })
    return made
  })

/** Figures of this process in Prometheus' text format. */
export const metrics = async (c: Context): Promise<Response> => {
  const made = registry()
  return c.body(await made.metrics(), 200, { 'content-type': made.contentType })
}
