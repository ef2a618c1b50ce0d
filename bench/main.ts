import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'undici'
import { freePort, startPostgres } from '../server/postgres/index'
import { browse } from './browse'
import type { LoadOptions, LoadResult } from './load'
import {
  aBuyerStep,
  aDocument,
  aLiveFlow,
  bundleScripts,
  rolesOf,
  runProgram,
  script,
  signUp,
  startProgram,
} from './product'

/*
 * `npm run bench`: the built product on a fresh database with a buyer on loopback, everything on this machine, beside
 * the bare loop in the same run. One JSON line a figure. BENCH_SECONDS shortens or lengthens every round.
 */
const seconds = Number(process.env['BENCH_SECONDS'] ?? 10)
const clients = 64
const print = (figure: string, values: Record<string, unknown>) =>
  process.stdout.write(`${JSON.stringify({ figure, ...values })}\n`)

const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'))
await bundleScripts('buyer', 'bare', 'load', 'engine')

const load = async (options: Omit<LoadOptions, 'clients' | 'rate'> & Partial<LoadOptions>): Promise<LoadResult> =>
  JSON.parse(
    await runProgram([script('load'), JSON.stringify({ clients, rate: 200, ...options })], process.env),
  ) as LoadResult

/** Resident memory of a process, in MiB. */
function memoryOf(pid: number): number {
  const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(kb ?? 0) / 1024)
}
const memoryByRole = (supervisor: number): Record<string, number> => ({
  supervisor: memoryOf(supervisor),
  ...Object.fromEntries([...rolesOf(supervisor)].map(([role, pid]) => [role, memoryOf(pid)])),
})

/** What an empty Next route handler of this very build answers, asked on its own socket with no proxy before it. */
async function emptyRoute(socketPath: string): Promise<number> {
  const pool = new Pool('http://localhost', { socketPath, connections: clients })
  const until = performance.now() + Math.min(seconds, 5) * 1000
  let count = 0
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < until) {
        const answer = await pool.request({ path: '/healthz', method: 'GET' })
        await answer.body.dump()
        count++
      }
    }),
  )
  await pool.close()
  return Math.round(count / Math.min(seconds, 5))
}

const turns = 3
const sum = (numbers: number[]): number => numbers.reduce((all, one) => all + one, 0)

/** Both in turns: a machine that is shared is not as fast now as it was a minute ago. */
async function besideBareLoops(submit: string): Promise<void> {
  for (const [tables, name] of [
    ['narrow', 'bare loop, two narrow tables'],
    ['same', "bare loop, the same lead, event and payload in Baton's tables"],
  ] as const) {
    const bare = await startProgram([script('bare'), postgres.url, buyerUrl, tables], process.env, (line) => line)
    const loop = { url: `http://127.0.0.1:${bare.said}/`, kind: 'closed', seconds } as const
    await load(loop)
    const rounds: { ours: LoadResult; bare: LoadResult }[] = []
    for (let turn = 0; turn < turns; turn++) {
      rounds.push({ ours: await load({ url: submit, kind: 'closed', seconds }), bare: await load(loop) })
    }
    await bare.stop()
    const ratios = rounds.map(({ ours, bare: its }) => Math.round((ours.perSecond / its.perSecond) * 100) / 100)
    const [oursSum, bareSum] = [
      sum(rounds.map((one) => one.ours.perSecond)),
      sum(rounds.map((one) => one.bare.perSecond)),
    ]
    print(name, {
      clients,
      ...rounds.at(-1)?.bare,
      perSecond: Math.round(bareSum / turns),
      baton_beside: Math.round(oursSum / turns),
      baton_is: Math.round((oursSum / bareSum) * 100) / 100,
      turns: ratios,
    })
  }
}

process.stdout.write(await runProgram([script('engine')], process.env))

const postgres = await startPostgres({ dataDir: join(folder, 'data') })
const buyer = await startProgram([script('buyer')], process.env, (line) => line)
const buyerUrl = `http://127.0.0.1:${buyer.said}`
const port = await freePort(0)
const started = performance.now()
const product = await startProgram(
  ['--enable-source-maps', 'dist/main.js'],
  {
    ...process.env,
    NODE_ENV: 'production',
    PORT: String(port),
    BATON_DATA: join(folder, 'data'),
    BATON_DEMO: 'off',
    BATON_LOG: 'warn',
    BATON_EGRESS_ALLOW: `127.0.0.1/32:${buyer.said}`,
    DATABASE_URL: postgres.url,
  },
  (line) => (line.includes(`:${port}`) ? line : undefined),
)
const base = `http://localhost:${port}`
print('ready', {
  seconds: Math.round((performance.now() - started) / 10) / 100,
  cpus: cpus().length,
  node: process.version,
})

try {
  const seller = await signUp(base, 'Bench')
  const flow = async (name: string, ...steps: Record<string, unknown>[]) =>
    `${base}${await aLiveFlow(seller, name, aDocument(...steps))}`
  const good = (id: string, more = {}) => aBuyerStep(id, `${buyerUrl}/leads`, more)
  const submit = await flow('Bench', good('buyer', { eligible_when: 'lead.credit_score > 650' }))
  await load({ url: submit, kind: 'closed', seconds })
  await fetch(`${buyerUrl}/stats`)
  const ours = await load({ url: submit, kind: 'closed', seconds })
  const reuse = (await (await fetch(`${buyerUrl}/stats`)).json()) as { requests: number; sockets: number }
  print('durable leads a second, whole path', { clients, ...ours, memory_mib: memoryByRole(product.child.pid ?? 0) })
  await besideBareLoops(submit)
  print('keep-alive to the buyer', {
    ...reuse,
    leads_per_socket: Math.round(reuse.requests / Math.max(1, reuse.sockets)),
  })
  print('latency at 200 leads/s', { ...(await load({ url: submit, kind: 'open', seconds })) })
  const browsers = await browse(base, seller, 4)
  print('latency at 200 leads/s, 4 browsers on pages', {
    ...(await load({ url: submit, kind: 'open', seconds })),
    ...(await browsers.stop()),
  })

  // Every lead takes from the one row that counts this buyer's day.
  const hot = await flow('Hot cap', good('hot', { conditional_delivery: { caps: { daily: 1_000_000_000 } } }))
  const turns = { id: 'turns', type: 'distribution', name: 'Turns', strategy: 'round_robin' }
  const shared = await flow('Turns', { ...turns, buyers: ['one', 'two', 'three'].map((id) => good(id)) })
  // Without its circuit breaker, or nobody would call the first buyer any more.
  const failover = { failure_detection: { circuit_breaker: false }, failover_chain: [{ buyer: 'backup' }] }
  const fails = aBuyerStep('fails', `${buyerUrl}/fails`, { failover })
  const failing = await flow('Failover', fails, good('backup', { standby: true }))
  for (const [name, url, goal] of [
    ['leads a second on one cap', hot, { goal: 1_500 }],
    ['leads a second by turns of three buyers', shared, {}],
    ['leads a second by failover: the first buyer fails, the second takes', failing, {}],
  ] as const) {
    await load({ url, kind: 'closed', seconds: Math.min(seconds, 3) })
    print(name, { clients, ...(await load({ url, kind: 'closed', seconds })), ...goal })
  }

  const socketPath = join(folder, 'data', 'run', `web-${product.child.pid}.sock`)
  const empty = await emptyRoute(socketPath)
  print('empty Next route handler', {
    perSecond: empty,
    ours_is_times: Math.round((ours.perSecond / empty) * 100) / 100,
  })
} finally {
  await product.stop()
  buyer.child.kill()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit()
