/** What a process is there for (`design.md` §2). A test or a script counts as `worker`. */
export type ProcessRole = 'intake' | 'web' | 'worker'

type Stop = () => Promise<void>
type Runtime = {
  role: ProcessRole
  stopping: boolean
  things: Map<string, unknown>
  stops: { name: string; stop: Stop }[]
}

const holder = globalThis as { [key: symbol]: Runtime | undefined }
const key = Symbol.for('baton')

function runtime(): Runtime {
  const found = holder[key]
  if (found) return found
  const made: Runtime = { role: 'worker', stopping: false, things: new Map(), stops: [] }
  holder[key] = made
  return made
}

/**
 * The thing of this name that the process has once: pool, LISTEN, caches, batchers. It hangs on `globalThis`, because
 * Next evaluates a module up to three times in one process. `stop`, when given, runs in `stopRuntime`, last made first.
 */
export function once<T>(name: string, make: () => T, stop?: (thing: T) => Promise<void>): T {
  const { things, stops } = runtime()
  if (things.has(name)) return things.get(name) as T
  const thing = make()
  things.set(name, thing)
  if (stop) stops.push({ name, stop: () => stop(thing) })
  return thing
}

/** Forgets one thing after running its stop, so that the next `once` makes it anew. */
export async function forget(name: string): Promise<void> {
  const { things, stops } = runtime()
  const index = stops.findIndex((entry) => entry.name === name)
  const [entry] = index >= 0 ? stops.splice(index, 1) : []
  things.delete(name)
  await entry?.stop()
}

/** Names the role of this process. Everything else is made when it is first needed. */
export async function startRuntime(role: ProcessRole): Promise<void> {
  runtime().role = role
}

export const processRole = (): ProcessRole => runtime().role

/** True while `stopRuntime` ends things: what waits for the database to come back gives up then. */
export const isStopping = (): boolean => runtime().stopping

/** Stops all that this process made, last made first, so that what depends on the pool ends before the pool. */
export async function stopRuntime(): Promise<void> {
  const held = runtime()
  held.stopping = true
  while (held.stops.length) {
    const entry = held.stops.pop()
    await entry?.stop()
  }
  held.things.clear()
  held.stopping = false
}
