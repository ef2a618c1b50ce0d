import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../server/postgres/index'

const startTimeoutMs = 240_000

async function untilReady(url: string, gone: () => boolean): Promise<void> {
  const deadline = Date.now() + startTimeoutMs
  while (Date.now() < deadline && !gone()) {
    const answers = await Promise.all(
      ['/readyz', '/sign-in'].map((path) => fetch(`${url}${path}`).catch(() => undefined)),
    )
    if (answers.every((answer) => answer?.ok)) return
    await sleep(200)
  }
  throw new Error('Baton did not start. What it said is in test-results/server.log.')
}

/**
 * Starts the built product once, as a user would, on a free port and an empty data folder with the demo world in it.
 * Tests find it at `baseURL`, and its data folder (the mail outbox is in there) in BATON_E2E_DATA.
 */
export default async function startProduct(): Promise<() => Promise<void>> {
  const data = mkdtempSync(join(tmpdir(), 'baton-e2e-'))
  const port = await freePort(0)
  const url = `http://localhost:${port}`
  mkdirSync('test-results', { recursive: true })
  const log = createWriteStream('test-results/server.log')
  const environment = {
    PORT: String(port),
    HOST: '127.0.0.1',
    BATON_URL: url,
    BATON_DATA: data,
    BATON_EGRESS_ALLOW: '127.0.0.0/8',
  }
  const { DATABASE_URL: _, RESEND_API_KEY: __, SMTP_URL: ___, ...inherited } = process.env
  const product = spawn(process.execPath, ['scripts/start.mjs'], {
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  product.stdout.pipe(log)
  product.stderr.pipe(log)
  const exited = new Promise<void>((resolve) => product.once('exit', () => resolve()))
  const stop = async () => {
    product.kill('SIGTERM')
    await exited
    rmSync(data, { recursive: true, force: true })
  }
  try {
    await untilReady(url, () => product.exitCode !== null)
  } catch (error) {
    await stop()
    throw error
  }
  process.env['BATON_E2E_URL'] = url
  process.env['BATON_E2E_DATA'] = data
  return stop
}
