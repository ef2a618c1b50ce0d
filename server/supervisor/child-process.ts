import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ChildMessage } from '../protocol'
import { portTaken } from '../protocol'

const firstPauseMs = 250
const longestPauseMs = 10_000
/** A process that lived this long is healthy again: its next death starts from the shortest pause. */
const healthyMs = 30_000

export type ChildSpec = {
  name: string
  /** Arguments of `node`. It is started directly: a wrapper such as npx would leave it behind when killed. */
  args: string[]
  env: NodeJS.ProcessEnv
  onMessage?: (message: ChildMessage) => void
  /** Called with every death that was not asked for, and the pause before the next life. */
  onDeath: (name: string, how: string, pauseMs: number) => void
}

export type Supervised = {
  name: string
  /** Resolves when it first says that it is ready; rejects when it can never be. */
  ready: Promise<void>
  /** Asks it to finish, and kills it after the patience is over. Resolves when it is gone. */
  stop: (patienceMs: number) => Promise<void>
}

function spawnNode({ args, env }: ChildSpec): ChildProcess {
  // A process group of its own: Ctrl-C in a terminal reaches the supervisor alone, which then stops things in order.
  return spawn(process.execPath, args, { env, detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}

const exitOf = (child: ChildProcess) =>
  new Promise<{ code: number | null; how: string }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, how: signal ?? `code ${code}` }))
    child.once('error', (error) => resolve({ code: null, how: error.message }))
  })

function deferred(): { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void } {
  let resolve: () => void = () => {}
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  // Whoever waits sees the rejection; with nobody waiting it must not end the process.
  promise.catch(() => {})
  return { promise, resolve, reject }
}

/** Keeps one child process alive: starts it, and again after a pause that doubles whenever it dies. */
export function supervise(spec: ChildSpec): Supervised {
  let current: ChildProcess | undefined
  const stopping = new AbortController()
  const ready = deferred()

  const live = async () => {
    let pauseMs = firstPauseMs
    while (!stopping.signal.aborted) {
      const startedAt = Date.now()
      current = spawnNode(spec)
      current.on('message', (message: ChildMessage) => {
        if (message.kind === 'ready') ready.resolve()
        spec.onMessage?.(message)
      })
      const { code, how } = await exitOf(current)
      if (stopping.signal.aborted) return
      if (code === portTaken) return ready.reject(new Error('The port is taken.'))
      if (Date.now() - startedAt > healthyMs) pauseMs = firstPauseMs
      spec.onDeath(spec.name, how, pauseMs)
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {})
      pauseMs = Math.min(longestPauseMs, pauseMs * 2)
    }
  }
  const life = live()

  return {
    name: spec.name,
    ready: ready.promise,
    stop: async (patienceMs) => {
      stopping.abort()
      if (current?.exitCode === null && current.signalCode === null) current.kill('SIGTERM')
      const timer = setTimeout(() => current?.kill('SIGKILL'), patienceMs)
      await life
      clearTimeout(timer)
    },
  }
}

/** Runs a child once to its end and answers what it said; throws when it failed. */
export async function runOnce(spec: Pick<ChildSpec, 'name' | 'args' | 'env'>): Promise<ChildMessage[]> {
  const said: ChildMessage[] = []
  const child = spawnNode({ ...spec, onDeath: () => {} })
  child.on('message', (message: ChildMessage) => said.push(message))
  const { code, how } = await exitOf(child)
  if (code !== 0) throw new Error(`${spec.name} failed (${how}). What it said stands above.`)
  return said
}
