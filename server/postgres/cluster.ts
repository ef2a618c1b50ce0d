import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { postgresBinaries } from './binaries'
import { type Account, reachableBy, sharedHome, unprivilegedAccount } from './unprivileged'

const run = promisify(execFile)

/** Where a cluster lives and how its programs are run. `home` holds `data` and the log. */
export type Cluster = { home: string; data: string; log: string; bin: string; account: Account | undefined }

/** The role that owns the cluster, and the name of the product's database. */
export const clusterUser = 'baton'

const logLimitBytes = 10 * 1024 * 1024

/**
 * The folder of the cluster: `postgres` in the data folder; or, for a root process whose data folder is closed to the
 * account that Postgres runs as (a checkout in `/root`), one of its own outside. The pointer left behind tells where.
 */
function clusterHome(dataDir: string): string {
  const inside = join(dataDir, 'postgres')
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const account = unprivilegedAccount(inside)
  if (!account) return inside
  chmodSync(dataDir, statSync(dataDir).mode | 0o011)
  if (existsSync(join(inside, 'data')) || reachableBy(account, dataDir)) return inside
  const pointer = join(dataDir, 'postgres.path')
  if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim()
  const outside = join(sharedHome(), createHash('sha256').update(dataDir).digest('hex').slice(0, 16))
  writeFileSync(pointer, `${outside}\n`)
  return outside
}

export function openCluster(dataDir: string): Cluster {
  const home = clusterHome(dataDir)
  const account = unprivilegedAccount(home)
  mkdirSync(home, { recursive: true, mode: 0o700 })
  if (account) chownSync(home, account.uid, account.gid)
  return { home, data: join(home, 'data'), log: join(home, 'postgres.log'), bin: postgresBinaries(account), account }
}

const spawnOptions = ({ home, account }: Cluster) => ({
  cwd: home,
  env: { NODE_ENV: 'production' as const, PATH: process.env['PATH'] ?? '', TZ: 'UTC', LC_ALL: 'C' },
  ...(account && { uid: account.uid, gid: account.gid }),
})

/** Makes the cluster once: UTF-8, byte order for sorting, passwords by SCRAM for everybody. About a second. */
export async function initCluster(cluster: Cluster, password: string): Promise<{ made: boolean }> {
  if (existsSync(join(cluster.data, 'PG_VERSION'))) return { made: false }
  rmSync(cluster.data, { recursive: true, force: true })
  const passwordFile = join(cluster.home, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (cluster.account) chownSync(passwordFile, cluster.account.uid, cluster.account.gid)
  const partial = `${cluster.data}.new`
  rmSync(partial, { recursive: true, force: true })
  const options = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-instructions', '--no-sync']
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  try {
    await run(
      join(cluster.bin, 'initdb'),
      ['-D', partial, '-U', clusterUser, `--pwfile=${passwordFile}`, ...options, ...locale],
      spawnOptions(cluster),
    )
    renameSync(partial, cluster.data)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  return { made: true }
}

/** Writes a new cluster to the disk for good, beside its first start, which need not wait the seconds that this takes. */
export function syncCluster(cluster: Cluster): void {
  execFile(join(cluster.bin, 'initdb'), ['-D', cluster.data, '--sync-only'], spawnOptions(cluster), () => {})
}

/** What `postmaster.pid` says, when that process lives and is a Postgres. A stale file is removed. */
export async function runningPostmaster(cluster: Cluster): Promise<{ pid: number; port: number } | undefined> {
  const file = join(cluster.data, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  if (await isPostmaster(pid, cluster)) return { pid, port: Number(lines[3]) }
  rmSync(file, { force: true })
  return undefined
}

/** A pid outlives its process in the file: after a crash another program may have it, in a container nearly always. */
async function isPostmaster(pid: number, cluster: Cluster): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0) return false
  const args = await argumentsOf(pid)
  return args.replaceAll('\0', ' ').includes(`postgres -D ${cluster.data}`)
}

async function argumentsOf(pid: number): Promise<string> {
  if (!existsSync('/proc/self/cmdline')) {
    const listed = await run('ps', ['-p', String(pid), '-o', 'args=']).catch(() => undefined)
    return listed?.stdout ?? ''
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

/** A port of 127.0.0.1 that nobody has: the preferred one when it is free, else one the system picks. */
export function freePort(preferred: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (preferred === 0 || error.code !== 'EADDRINUSE') reject(error)
      else resolve(freePort(0))
    })
    probe.listen({ port: preferred, host: '127.0.0.1', exclusive: true }, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : preferred))
    })
  })
}

/**
 * Starts the postmaster in a session of its own, so that Ctrl-C in a terminal does not reach it: it has to stop last.
 * Answers when the process was spawned; whether it serves is for the caller to find out by connecting.
 */
export function startPostmaster(
  cluster: Cluster,
  port: number,
  settings: Record<string, string>,
): { exited: Promise<number | null> } {
  const flags = Object.entries({
    ...settings,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(port),
  })
  const tooLong = existsSync(cluster.log) && statSync(cluster.log).size > logLimitBytes
  const log = openSync(cluster.log, tooLong ? 'w' : 'a', 0o600)
  if (cluster.account) chownSync(cluster.log, cluster.account.uid, cluster.account.gid)
  const child = spawn(
    join(cluster.bin, 'postgres'),
    ['-D', cluster.data, ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...spawnOptions(cluster), detached: true, stdio: ['ignore', log, log] },
  )
  closeSync(log)
  child.unref()
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', resolve)
    child.once('error', () => resolve(-1))
  })
  return { exited }
}

/** A fast shutdown: sessions are ended, what was committed is written. Waits until it is down. */
export async function stopPostmaster(cluster: Cluster): Promise<void> {
  await run(
    join(cluster.bin, 'pg_ctl'),
    ['stop', '-D', cluster.data, '-m', 'fast', '-w', '-t', '60'],
    spawnOptions(cluster),
  )
}

/** The end of the log: what to show when Postgres would not start. */
export function lastWords(cluster: Cluster): string {
  return existsSync(cluster.log) ? readFileSync(cluster.log, 'utf8').split('\n').slice(-12).join('\n').trim() : ''
}
