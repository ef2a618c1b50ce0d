import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type ChildSpec, runOnce, supervise } from './child-process'
import { choosePort } from './choose-port'
import { webSocketPath } from './sockets'

const folder = mkdtempSync(join(tmpdir(), 'baton-children-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let made = 0
function aProgram(source: string): Pick<ChildSpec, 'name' | 'args' | 'env'> & { log: string } {
  const file = join(folder, `program-${++made}.mjs`)
  const log = `${file}.log`
  writeFileSync(log, '')
  writeFileSync(
    file,
    `import { appendFileSync } from 'node:fs'\nconst note = (text) => appendFileSync(${JSON.stringify(log)}, text + '\\n')\n${source}`,
  )
  return { name: 'program', args: [file], env: process.env, log }
}

const lines = (log: string) => readFileSync(log, 'utf8').trim().split('\n')

describe('a process that the supervisor keeps', () => {
  test('is started again when it dies', async () => {
    const program = aProgram(`note('up'); process.send({ kind: 'ready' }); setTimeout(() => process.exit(7), 20)`)
    const deaths: string[] = []
    const child = supervise({ ...program, onDeath: (_, how, pauseMs) => deaths.push(`${how} ${pauseMs}`) })
    await child.ready
    await expect.poll(() => lines(program.log).length, { timeout: 5_000 }).toBeGreaterThanOrEqual(2)
    await expect.poll(() => deaths.slice(0, 2), { timeout: 5_000 }).toEqual(['code 7 250', 'code 7 500'])
    await child.stop(1_000)
  })

  test('is let finish what it does when it is asked to stop', async () => {
    const program = aProgram(`
      process.on('SIGTERM', () => setTimeout(() => { note('finished'); process.exit(0) }, 200))
      setInterval(() => {}, 1000); process.send({ kind: 'ready' })`)
    const child = supervise({ ...program, onDeath: () => {} })
    await child.ready
    await child.stop(5_000)
    expect(lines(program.log)).toEqual(['finished'])
  })

  test('is killed when it never finishes', async () => {
    const program = aProgram(
      `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); process.send({ kind: 'ready' })`,
    )
    const child = supervise({ ...program, onDeath: () => {} })
    await child.ready
    const before = Date.now()
    await child.stop(200)
    expect(Date.now() - before).toBeLessThan(3_000)
  })

  test('is given up when it can never have its port', async () => {
    const child = supervise({ ...aProgram('process.exit(3)'), onDeath: () => {} })
    await expect(child.ready).rejects.toThrow('port is taken')
    await child.stop(100)
  })

  test('that runs once hands back what it said, and fails aloud', async () => {
    expect(await runOnce(aProgram(`process.send({ kind: 'demo' }, () => process.disconnect())`))).toEqual([
      { kind: 'demo' },
    ])
    await expect(runOnce(aProgram('process.exit(2)'))).rejects.toThrow('code 2')
  })
})

describe('the port', () => {
  const holding = async (work: (port: number) => Promise<void>) => {
    const holder = createServer()
    await new Promise<void>((resolve) => holder.listen(0, '0.0.0.0', resolve))
    await work((holder.address() as { port: number }).port).finally(() => holder.close())
  }

  test('that somebody asked for is never exchanged for another', () =>
    holding((port) => expect(choosePort('0.0.0.0', port, true)).rejects.toThrow(`Port ${port} is taken`)))

  test('that nobody asked for gives way to the next free one', () =>
    holding(async (port) => expect(await choosePort('0.0.0.0', port, false)).toBeGreaterThan(port)))
})

describe('the socket of the web process', () => {
  test('lies in the data folder', () => {
    expect(webSocketPath(folder)).toBe(join(folder, `run/web-${process.pid}.sock`))
  })

  test('moves out of a folder that is too deep for the system', () => {
    const path = webSocketPath(join(folder, 'deep'.repeat(30)))
    expect(path.length).toBeLessThan(100)
    rmSync(join(path, '..'), { recursive: true, force: true })
  })
})
