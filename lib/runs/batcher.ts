/**
 * Group commit. Items that arrive while every flusher is busy go out together with the next flush; a free flusher
 * takes them at once, never on a timer (measured: a 3 ms timer doubled the median latency).
 */
export type Batcher<Item, Out> = {
  /** Resolves with what the flush answered for this item; rejects with the error that kept it from being written. */
  add(item: Item): Promise<Out>
  /** Resolves when nothing waits and nothing is being flushed. */
  drained(): Promise<void>
}

type Waiting<Item, Out> = { item: Item; resolve: (out: Out) => void; reject: (error: unknown) => void }

type Options = {
  /** How many batches may be written at the same time (1-2: more fight for the disk). */
  flushers: number
  /** Items in one batch. */
  most: number
  /** True for an error that one item of the batch caused: each is then written alone, so that it fails alone. */
  isOneItems: (error: unknown) => boolean
}

/** @param flush writes a batch in one transaction and answers one value per item, in order. */
export function createBatcher<Item, Out>(
  flush: (items: Item[]) => Promise<Out[]>,
  { flushers, most, isOneItems }: Options,
): Batcher<Item, Out> {
  const queue: Waiting<Item, Out>[] = []
  let busy = 0
  let isStarting = false
  let idle: (() => void)[] = []

  const settleIdle = () => {
    if (busy > 0 || queue.length > 0) return
    const waiters = idle
    idle = []
    for (const resolve of waiters) resolve()
  }

  async function write(batch: Waiting<Item, Out>[]): Promise<void> {
    try {
      const outs = await flush(batch.map((entry) => entry.item))
      for (const [index, entry] of batch.entries()) entry.resolve(outs[index] as Out)
    } catch (error) {
      await refuse(batch, error)
    }
  }

  async function refuse(batch: Waiting<Item, Out>[], error: unknown): Promise<void> {
    const isShared = batch.length > 1 && isOneItems(error)
    for (const entry of batch) {
      if (isShared) await write([entry])
      else entry.reject(error)
    }
  }

  async function run(): Promise<void> {
    busy++
    while (queue.length > 0) await write(queue.splice(0, most))
    busy--
    settleIdle()
  }

  function start(): void {
    isStarting = false
    if (busy < flushers && queue.length > 0) void run()
    if (busy < flushers && queue.length > 0) startSoon()
  }

  /** At the end of this turn of the loop, so that what one socket read brought shares a commit. */
  function startSoon(): void {
    if (isStarting || busy >= flushers) return
    isStarting = true
    setImmediate(start)
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        queue.push({ item, resolve, reject })
        startSoon()
      }),
    drained: () =>
      new Promise((resolve) => {
        idle.push(resolve)
        settleIdle()
      }),
  }
}
