import { log } from '../log'

const slowestMs = 60_000

/**
 * Does `work` again and again, with a pause between the end of one and the start of the next; longer after failures, up
 * to a minute. A failure is logged and doesn't end the loop.
 * @returns how to stop it; resolves when the one under way is over
 */
export function repeat(name: string, everyMs: number, work: () => Promise<unknown>): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined
  let current: Promise<void> = Promise.resolve()
  let stopped = false
  let failures = 0

  const turn = async () => {
    try {
      await work()
      failures = 0
    } catch (error) {
      failures++
      log.error({ err: error, loop: name, failures }, 'a repeated job failed and is tried again')
    }
    if (!stopped) timer = setTimeout(start, Math.min(slowestMs, everyMs * 2 ** Math.min(failures, 10)))
  }
  const start = () => {
    current = turn()
  }
  start()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await current
  }
}
