import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The kernel keeps a unix socket's path in 108 bytes, macOS in 104. */
const longestPath = 100

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * A path for the socket between intake and web, this supervisor's alone; in the data folder, or under the system's
 * temporary one when that is too deep. What killed supervisors left there is removed.
 */
export function webSocketPath(dataDir: string): string {
  const near = join(dataDir, 'run')
  const name = `web-${process.pid}.sock`
  const far = join(tmpdir(), `baton-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`)
  const folder = Buffer.byteLength(join(near, name)) <= longestPath ? near : far
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const file of readdirSync(folder)) {
    const owner = Number(/^web-(\d+)\.sock$/.exec(file)?.[1])
    if (owner && !isAlive(owner)) rmSync(join(folder, file), { force: true })
  }
  return join(folder, name)
}
