import { cpus } from 'node:os'
import { bundleScripts } from '../product'
import { aBuyer } from './buyers'
import { capIsExact, sharesAreExact } from './caps-and-shares'
import { deathsLoseNothing } from './deaths'
import { failingIsLeftAlone } from './failing'
import { hangingHoldsUpNobody } from './hanging'
import { startInstallation } from './installation'
import type { Promised } from './promised'

/*
 * `npm run chaos`: the built product as three intake processes and a worker on one embedded Postgres, with buyers on
 * loopback. One JSON line a promise; ends with 1 when one is broken. Names after it (`npm run chaos -- caps deaths`) keep
 * it to those. Every load is bounded and goes to this machine only.
 */
const wanted = new Set(process.argv.slice(2))
const say = (line: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(line)}\n`)

await bundleScripts('load', 'chaos/set-up')
const buyers = {
  capped: await aBuyer(),
  shares: [await aBuyer(), await aBuyer(), await aBuyer(), await aBuyer()],
  hanging: { hanging: await aBuyer(), beside: await aBuyer(), others: await aBuyer() },
  failing: { failing: await aBuyer(), backup: await aBuyer() },
  deaths: [await aBuyer(), await aBuyer()] as const,
}
const everybody = Object.values(buyers).flatMap((some) => ('port' in some ? [some] : Object.values(some)))
const installation = await startInstallation(everybody.map(({ port }) => port))

const promises: [name: string, work: () => Promise<Promised>][] = [
  ['caps', () => capIsExact(installation, buyers.capped)],
  ...(
    [
      { strategy: 'round_robin', weights: [1, 1, 1, 1] },
      { strategy: 'weighted', weights: [50, 30, 20] },
      { strategy: 'weighted', weights: [7, 2, 1] },
    ] as const
  ).map((given): [string, () => Promise<Promised>] => [
    'shares',
    () => sharesAreExact(installation, given, buyers.shares),
  ]),
  ['hanging', () => hangingHoldsUpNobody(installation, buyers.hanging)],
  ['failing', () => failingIsLeftAlone(installation, buyers.failing)],
  ['deaths', () => deathsLoseNothing(installation, buyers.deaths)],
]

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void installation.stop().finally(() => process.exit(1)))

let broken = 0
try {
  say({ ready: true, cpus: cpus().length, node: process.version, at: new Date().toISOString() })
  for (const [name, work] of promises) {
    if (wanted.size > 0 && !wanted.has(name)) continue
    const { promise, kept, figures } = await work()
    if (!kept) broken++
    say({ promise, kept, ...figures })
  }
} catch (error) {
  broken++
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
} finally {
  await installation.stop()
  for (const buyer of everybody) buyer.close()
}
say({ broken })
process.exit(broken === 0 ? 0 : 1)
