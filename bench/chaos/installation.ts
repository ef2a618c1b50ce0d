import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { freePort, startPostgres } from '../../server/postgres/index'
import { rolesOf, runProgram, script, startProgram } from '../product'

type Program = Awaited<ReturnType<typeof startProgram>>

const kill = (pid: number | undefined, signal: NodeJS.Signals): void => {
  if (pid === undefined) throw new Error('there is no such process to kill')
  process.kill(pid, signal)
}

/** The process of a role under its supervisor; waits for one that is just being started again. */
async function processOf({ child }: Program, role: string): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const pid = rolesOf(child.pid ?? 0).get(role)
    if (pid !== undefined) return pid
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`there is no ${role} process to kill`)
}

/**
 * The built product as people spread it over machines: a worker with the embedded Postgres, and three intake processes.
 * Each has its supervisor, which nobody touches: whatever dies comes back by that alone.
 * @param buyers ports on loopback that leads may be sent to.
 */
export async function startInstallation(buyers: number[]) {
  const dataDir = mkdtempSync(join(tmpdir(), 'baton-chaos-'))
  const ports = [await freePort(0), await freePort(0), await freePort(0)]
  const env = {
    ...process.env,
    NODE_ENV: 'production' as const,
    BATON_DATA: dataDir,
    BATON_DEMO: 'off',
    BATON_LOG: process.env['BATON_LOG'] ?? 'silent',
    BATON_EGRESS_ALLOW: buyers.map((port) => `127.0.0.1/32:${port}`).join(','),
    BATON_URL: `http://localhost:${ports[0]}`,
    DATABASE_URL: '',
  }
  const start = (role: string, more: Record<string, string> = {}) =>
    startProgram(['--enable-source-maps', 'dist/main.js'], { ...env, BATON_ROLE: role, ...more }, (said) =>
      said.includes(`${role} process is running`) ? said : undefined,
    )
  const worker = await start('worker')
  const database = await startPostgres({ dataDir })
  const { url } = database
  const intakes = await Promise.all(ports.map((port) => start('intake', { PORT: String(port), DATABASE_URL: url })))
  const sql = postgres(url, { max: 2, onnotice: () => {}, connect_timeout: 5 })

  return {
    /** Where the three intake processes listen. */
    bases: ports.map((port) => `http://127.0.0.1:${port}`),
    sql,
    /** A published flow of a company of its own. Answers the path to submit leads to. */
    aLiveFlow: async (document: unknown): Promise<string> =>
      (await runProgram([script('chaos/set-up'), JSON.stringify(document)], { ...env, DATABASE_URL: url })).trim(),
    /** SIGKILL for one of the three intake processes, or the worker: no goodbye, nothing flushed. */
    killIntake: async (which: number) => {
      const intake = intakes[which]
      if (intake) kill(await processOf(intake, 'intake'), 'SIGKILL')
    },
    killWorker: async () => kill(await processOf(worker, 'worker'), 'SIGKILL'),
    /** Ends Postgres as a restart does, or at once and without a checkpoint, as a crash. */
    endPostgres: async (how: 'restart' | 'crash') => {
      const [row] = await sql<{ folder: string }[]>`select current_setting('data_directory') as folder`
      const [pid] = readFileSync(join(row?.folder ?? '', 'postmaster.pid'), 'utf8').split('\n')
      kill(Number(pid), how === 'crash' ? 'SIGQUIT' : 'SIGINT')
    },
    stop: async () => {
      await sql.end({ timeout: 1 })
      await Promise.all(intakes.map((program) => program.stop()))
      await worker.stop()
      // It is gone already, unless all were interrupted at once and the worker's supervisor found others still connected.
      await database.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
export type Installation = Awaited<ReturnType<typeof startInstallation>>
