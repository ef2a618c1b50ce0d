import postgres from 'postgres'
import { startPostgres } from '../../server/postgres/index'

/** The database of the running product, for what no page and no call can bring about: time that has passed, a role. */
export async function openDatabase(): Promise<postgres.Sql> {
  const { url } = await startPostgres({ dataDir: process.env['BATON_E2E_DATA'] ?? '' })
  return postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'browser-tests' } })
}
