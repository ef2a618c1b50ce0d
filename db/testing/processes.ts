import { AsyncLocalStorage } from 'node:async_hooks'
import { startRuntime, stopRuntime } from '../../lib/runtime'

const key = Symbol.for('baton')
type Held = { runtime: unknown }

/**
 * Processes that share a database and nothing else: what hangs on `globalThis` in a process (pool, LISTEN, caches,
 * batchers) is each one's own. Give each what it has to do, and stop them before the database goes.
 */
export async function someProcesses(count: number) {
  const here = new AsyncLocalStorage<Held>()
  const main: Held = { runtime: (globalThis as { [name: symbol]: unknown })[key] }
  const holder = () => here.getStore() ?? main
  Object.defineProperty(globalThis, key, {
    configurable: true,
    get: () => holder().runtime,
    set: (runtime: unknown) => {
      holder().runtime = runtime
    },
  })
  const processes = Array.from({ length: count }, () => {
    const held: Held = { runtime: undefined }
    return <T>(work: () => Promise<T>) => here.run(held, work)
  })
  await Promise.all(processes.map((inside) => inside(() => startRuntime('intake'))))
  return {
    processes,
    stop: async () => {
      for (const inside of processes) await inside(stopRuntime)
    },
  }
}
