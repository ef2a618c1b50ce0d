import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { keptSecret } from '../../lib/env'
import {
  type Cluster,
  clusterUser,
  freePort,
  initCluster,
  lastWords,
  openCluster,
  runningPostmaster,
  startPostmaster,
  stopPostmaster,
  syncCluster,
} from './cluster'

export { freePort } from './cluster'

/** Fits a small machine that runs everything; a server of one's own is tuned by its owner. */
const tuning = {
  shared_buffers: '256MB',
  max_connections: '100',
  synchronous_commit: 'on',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  autovacuum_naptime: '15s',
  // Parallel queries put their memory into /dev/shm, which is 64 MB in a container.
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

const preferredPort = 54_329
const startTries = 4
const startTimeoutMs = 60_000

export type EmbeddedPostgres = {
  /** Connection string of the database named at the start, for the cluster's owner. */
  url: string
  port: number
  /** True when it was already running. */
  adopted: boolean
  /** Starts it again on the same port when its process is gone. Answers whether it had to. */
  revive: () => Promise<boolean>
  /** Stops it, unless another Baton process is still connected. */
  stop: () => Promise<void>
}

const urlOf = (password: string, port: number, database: string) =>
  `postgres://${clusterUser}:${password}@127.0.0.1:${port}/${database}`

/** True when our password opens the server on that port and it serves this very cluster. */
async function serves(cluster: Cluster, password: string, port: number): Promise<boolean> {
  const sql = postgres(urlOf(password, port, 'postgres'), { max: 1, connect_timeout: 5, onnotice: () => {} })
  try {
    const [row] = await sql<{ folder: string }[]>`select current_setting('data_directory') as folder`
    return row?.folder === cluster.data
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function waitUntilServing(
  cluster: Cluster,
  password: string,
  port: number,
  gone: () => boolean,
): Promise<boolean> {
  const deadline = Date.now() + startTimeoutMs
  while (Date.now() < deadline && !gone()) {
    if (await serves(cluster, password, port)) return true
    await sleep(25)
  }
  return false
}

async function adopt(cluster: Cluster, password: string): Promise<number | undefined> {
  const running = await runningPostmaster(cluster)
  if (!running) return undefined
  let gone = false
  const watch = setInterval(async () => {
    gone = !(await runningPostmaster(cluster))
  }, 250)
  const live = await waitUntilServing(cluster, password, running.port, () => gone)
  clearInterval(watch)
  if (live) return running.port
  if (gone) return undefined
  throw new Error(
    `PostgreSQL (process ${running.pid}) holds ${cluster.data} but does not answer. Its log: ${cluster.log}`,
  )
}

async function start(cluster: Cluster, password: string, settings: Record<string, string>): Promise<number> {
  for (let attempt = 0; attempt < startTries; attempt++) {
    const port = await freePort(attempt === 0 ? preferredPort : 0)
    let gone = false
    const { exited } = startPostmaster(cluster, port, settings)
    void exited.then(() => {
      gone = true
    })
    if (await waitUntilServing(cluster, password, port, () => gone)) return port
    const adopted = await adopt(cluster, password)
    if (adopted) return adopted
  }
  throw new Error(`PostgreSQL would not start. The end of ${cluster.log}:\n${lastWords(cluster)}`)
}

async function revive(
  cluster: Cluster,
  password: string,
  port: number,
  settings: Record<string, string>,
): Promise<boolean> {
  if (await runningPostmaster(cluster)) return false
  let gone = false
  const { exited } = startPostmaster(cluster, port, settings)
  void exited.then(() => {
    gone = true
  })
  return waitUntilServing(cluster, password, port, () => gone)
}

async function createDatabase(password: string, port: number, database: string): Promise<void> {
  const sql = postgres(urlOf(password, port, 'postgres'), { max: 1, onnotice: () => {} })
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${database}`
    if (!found) await sql`create database ${sql(database)}`
  } catch (error) {
    const code = (error as { code?: string }).code
    // Another process made it in the meantime.
    if (code !== '42P04' && code !== '23505') throw error
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** A Baton that was started beside this one may still be at work on the same cluster. */
async function inUse(password: string, port: number): Promise<boolean> {
  const sql = postgres(urlOf(password, port, 'postgres'), { max: 1, connect_timeout: 5, onnotice: () => {} })
  try {
    const others = await sql`
      select 1 from pg_stat_activity where application_name like 'baton-%' and pid <> pg_backend_pid() limit 1`
    return others.length > 0
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/**
 * Starts the PostgreSQL that came with the packages, on 127.0.0.1 and a free port, or adopts the one that a killed
 * process left running. The cluster is made at the first start. Works as root, by lending it an unprivileged account.
 * @param options.dataDir absolute folder of the installation; the password is kept in its `secrets`
 * @param options.settings override the tuning, by names of postgresql.conf
 */
export async function startPostgres(options: {
  dataDir: string
  database?: string
  settings?: Record<string, string>
}): Promise<EmbeddedPostgres> {
  const { dataDir, database = 'baton' } = options
  const cluster = openCluster(dataDir)
  const password = keptSecret(dataDir, 'postgres')
  const { made } = await initCluster(cluster, password)
  if (made && options.settings?.['fsync'] !== 'off') syncCluster(cluster)
  const adopted = await adopt(cluster, password)
  const port = adopted ?? (await start(cluster, password, { ...tuning, ...options.settings }))
  await createDatabase(password, port, database)
  return {
    url: urlOf(password, port, database),
    port,
    adopted: adopted !== undefined,
    revive: () => revive(cluster, password, port, { ...tuning, ...options.settings }),
    stop: async () => {
      if (await inUse(password, port)) return
      if (await runningPostmaster(cluster)) await stopPostmaster(cluster)
    },
  }
}
