import { setTimeout as sleep } from 'node:timers/promises'
import type { DemoSummary } from '../db/seed/index'
import { env } from '../lib/env'
import { type EmbeddedPostgres, startPostgres } from './postgres/index'
import { banner, roleLine } from './supervisor/banner'
import { runOnce, type Supervised, supervise } from './supervisor/child-process'
import { choosePort } from './supervisor/choose-port'
import { webSocketPath } from './supervisor/sockets'

/*
 * The supervisor. It serves nothing itself: it starts the database, prepares it, keeps the roles alive and stops all
 * of them in order, the database last. `--dev` runs Next's development server in place of intake and web.
 */

const intakePatienceMs = 140_000
const patienceMs = 20_000
const postgresCheckMs = 1_000

const dev = process.argv.includes('--dev')
const say = (text: string) => void process.stderr.write(`${text}\n`)

const stopped = new AbortController()
const asked = new Promise<void>((resolve) => stopped.signal.addEventListener('abort', () => resolve()))
const children: Supervised[] = []
let database: EmbeddedPostgres | undefined

/** Sources first, so that nothing new comes in; then what works it off; the database when nobody needs it any more. */
async function stopAll(): Promise<void> {
  const named = (name: string) => children.filter((child) => child.name === name)
  const outer = [...named('intake'), ...named('worker')]
  await Promise.all(outer.map((child) => child.stop(intakePatienceMs)))
  await Promise.all(children.filter((child) => !outer.includes(child)).map((child) => child.stop(patienceMs)))
  await database?.stop()
}

function onSignal(): void {
  say(stopped.signal.aborted ? 'Still finishing what is under way.' : 'Stopping.')
  stopped.abort()
}

async function keepPostgresAlive(postgres: EmbeddedPostgres): Promise<void> {
  while (!stopped.signal.aborted) {
    await sleep(postgresCheckMs, undefined, { signal: stopped.signal }).catch(() => {})
    if (stopped.signal.aborted) return
    const revived = await postgres.revive().catch((error: unknown) => say(`PostgreSQL: ${String(error)}`))
    if (revived) say('PostgreSQL had died and was started again.')
  }
}

function rolesOf(role: ReturnType<typeof env>['BATON_ROLE']): string[] {
  if (dev) return ['next', 'worker']
  return role === 'all' ? ['web', 'intake', 'worker'] : [role]
}

function argsOf(role: string, port: number): string[] {
  if (role === 'next') return ['node_modules/next/dist/bin/next', 'dev', '--port', String(port)]
  // A lead's objects live until its buyer has answered: in a small young generation each would be copied to the old one.
  const memory = role === 'intake' ? ['--max-semi-space-size=64'] : []
  return [...memory, '--enable-source-maps', `dist/${role}.js`]
}

/** What the roles are told, on top of what this process was told. */
async function environment(): Promise<NodeJS.ProcessEnv> {
  const { HOST, PORT, dataDir, BATON_URL, BATON_ROLE, BATON_WEB_SOCKET } = env()
  const serves = dev || BATON_ROLE !== 'worker'
  const port = serves ? await choosePort(HOST, PORT, Boolean(process.env['PORT'])) : PORT
  if (port !== PORT) say(`Port ${PORT} is taken, so this is port ${port}.`)
  const url = BATON_URL ?? `http://localhost:${port}`
  const socket = BATON_ROLE === 'all' && !dev ? webSocketPath(dataDir) : BATON_WEB_SOCKET
  return {
    ...process.env,
    NODE_ENV: dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    PORT: String(port),
    BATON_DATA: dataDir,
    BATON_URL: url,
    ...(socket && { BATON_WEB_SOCKET: socket }),
    ...(database && { DATABASE_URL: database.url }),
    ...(dev && { NEXTAUTH_URL: url, NEXTAUTH_SECRET: env().authSecret }),
  }
}

function start(role: string, shared: NodeJS.ProcessEnv): Supervised {
  const roleName = role === 'next' ? 'web' : role
  const child = supervise({
    name: role,
    args: argsOf(role, Number(shared['PORT'])),
    env: { ...shared, BATON_ROLE: roleName },
    onDeath: (name, how, pauseMs) => say(`The ${name} process died (${how}) and is started again in ${pauseMs} ms.`),
  })
  children.push(child)
  return child
}

async function prepare(shared: NodeJS.ProcessEnv): Promise<DemoSummary | undefined> {
  const args = ['--enable-source-maps', 'dist/prepare.js']
  const said = await runOnce({ name: 'Preparing the database', args, env: { ...shared, BATON_ROLE: 'worker' } })
  return said.find((message) => message.kind === 'demo')?.demo
}

async function startAll(): Promise<void> {
  const { DATABASE_URL, dataDir, BATON_ROLE } = env()
  if (!DATABASE_URL) {
    database = await startPostgres({ dataDir })
    void keepPostgresAlive(database)
  }
  const shared = await environment()
  const roles = rolesOf(BATON_ROLE)
  // Next takes about a second to be there and asks the database nothing meanwhile.
  const early = roles.filter((role) => role === 'web').map((role) => start(role, shared))
  const demo = await prepare(shared)
  if (stopped.signal.aborted) return
  const late = roles.filter((role) => role !== 'web').map((role) => start(role, shared))
  const ready = [...early, ...late].filter((child) => child.name !== 'next').map((child) => child.ready)
  await Promise.race([Promise.all(ready), asked])
  if (stopped.signal.aborted) return
  const whole = dev || BATON_ROLE === 'all'
  process.stdout.write(`${whole ? banner(shared['BATON_URL'] ?? '', demo) : roleLine(BATON_ROLE)}\n`)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)

try {
  await startAll()
  await asked
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
  stopped.abort()
}
await stopAll()
process.exit()
