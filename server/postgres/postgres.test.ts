import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterEach, describe, expect, test } from 'vitest'
import { type EmbeddedPostgres, freePort, startPostgres } from './index'

const settings = { fsync: 'off', shared_buffers: '16MB' }
const running: EmbeddedPostgres[] = []
const folders: string[] = []

const aFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-postgres-'))
  folders.push(folder)
  return folder
}

const start = async (dataDir: string) => {
  const started = await startPostgres({ dataDir, settings })
  running.push(started)
  return started
}

async function ask(url: string, question: string): Promise<unknown> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return (await sql.unsafe(question))[0]?.['answer']
  } finally {
    await sql.end({ timeout: 1 })
  }
}

const pidFile = (folder: string) => join(folder, 'postgres/data/postmaster.pid')
const pidOf = (folder: string) => Number(readFileSync(pidFile(folder), 'utf8').split('\n')[0])

afterEach(async () => {
  for (const one of running.splice(0)) await one.stop().catch(() => {})
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

describe('the embedded database', () => {
  test('finds its data again after a stop', async () => {
    const folder = aFolder()
    const first = await start(folder)
    await ask(first.url, `create table kept as select 'still here' as answer`)
    await first.stop()
    const second = await start(folder)
    expect(second.adopted).toBe(false)
    expect(await ask(second.url, 'select answer from kept')).toBe('still here')
  })

  test('is adopted when a killed Baton left it running', async () => {
    const folder = aFolder()
    const left = await start(folder)
    const found = await start(folder)
    expect(found).toMatchObject({ adopted: true, port: left.port })
  })

  test('takes another port when its own is taken', { timeout: 90_000 }, async () => {
    const [one, other] = [await start(aFolder()), await start(aFolder())]
    expect(other.port).not.toBe(one.port)
    expect(await ask(other.url, `select current_setting('port')::int as answer`)).toBe(other.port)
  })

  test('starts although the pid in its file now belongs to another program', async () => {
    const folder = aFolder()
    await (await start(folder)).stop()
    writeFileSync(pidFile(folder), `${process.ppid}\n${folder}\n0\n1\n\n127.0.0.1\n\nready\n`)
    const again = await start(folder)
    expect(again.adopted).toBe(false)
  })

  test('comes back on the same port when its process is killed', async () => {
    const folder = aFolder()
    const { url, revive } = await start(folder)
    expect(await revive()).toBe(false)
    process.kill(pidOf(folder), 'SIGKILL')
    await expect.poll(revive, { timeout: 10_000 }).toBe(true)
    expect(await ask(url, 'select 1 as answer')).toBe(1)
  })

  test('is left running while another Baton uses it', async () => {
    const folder = aFolder()
    const database = await start(folder)
    const neighbour = postgres(database.url, { max: 1, connection: { application_name: 'baton-intake' } })
    await neighbour`select 1`
    await database.stop()
    expect(await neighbour`select 1 as answer`).toHaveLength(1)
    await neighbour.end({ timeout: 1 })
  })

  test('opens to its password only, and on this machine only', async () => {
    const database = await start(aFolder())
    const wrong = database.url.replace(/:[^:@/]+@/, ':guess@')
    await expect(ask(wrong, 'select 1 as answer')).rejects.toThrow(/password authentication failed/)
    expect(await ask(database.url, `select current_setting('listen_addresses') as answer`)).toBe('127.0.0.1')
  })
})

test('a port that nobody has is found next to one that is taken', async () => {
  const holder = createServer()
  const taken = await new Promise<number>((resolve) => {
    holder.listen(0, '127.0.0.1', () => resolve((holder.address() as { port: number }).port))
  })
  const port = await freePort(taken)
  holder.close()
  expect(port).not.toBe(taken)
})
