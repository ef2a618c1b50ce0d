/**
 * Group commit. Items that arrive while every flusher is busy go out together with the next flush; a free flusher
 * takes them at once, never on a timer (measured: a 3 ms timer doubled the median latency).
 */
export type Batcher<Item, Out> = {
  /** Resolves with what the flush answered for this item; rejects with the flush's error, for every item of the batch. */
  add(item: Item): Promise<Out>
  /** Items that wait for a flusher. */
  waiting(): number
  /** Resolves when nothing waits and nothing is being flushed. */
  drained(): Promise<void>
}

type Waiting<Item, Out> = { item: Item; resolve: (out: Out) => void; reject: (error: unknown) => void }

/**
 * @param flush writes a batch in one transaction and answers one value per item, in order.
 * @param flushers how many batches may be written at the same time (1-2: more fight for the disk).
 * @param most items in one batch.
 */
export function createBatcher<Item, Out>(
  flush: (items: Item[]) => Promise<Out[]>,
  { flushers, most }: { flushers: number; most: number },
): Batcher<Item, Out> {
  const queue: Waiting<Item, Out>[] = []
  let busy = 0
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
      for (const entry of batch) entry.reject(error)
    }
  }

  async function run(): Promise<void> {
    busy++
    while (queue.length > 0) await write(queue.splice(0, most))
    busy--
    settleIdle()
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        queue.push({ item, resolve, reject })
        // Deferred to the end of this turn of the loop, so that what one socket read brought shares a commit.
        if (busy < flushers && queue.length === 1) setImmediate(() => busy < flushers && queue.length > 0 && run())
      }),
    waiting: () => queue.length,
    drained: () =>
      new Promise((resolve) => {
        idle.push(resolve)
        settleIdle()
      }),
  }
}
