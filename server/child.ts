import { log } from '../lib/log'
import { type ProcessRole, startRuntime, stopRuntime } from '../lib/runtime'
import type { ChildMessage } from './protocol'

/** Says something to the supervisor; a process started by hand has none. */
export const tellSupervisor = (message: ChildMessage) => process.send?.(message)

/**
 * The frame of every role: starts it, tells the supervisor, and stops it once, on SIGTERM, on SIGINT or when the
 * supervisor is gone. `stop` ends what `start` made and lets go of what is in flight; the runtime ends after it.
 */
export async function runRole(role: ProcessRole, start: () => Promise<{ stop: () => Promise<void> }>): Promise<void> {
  const fail = (error: unknown) => {
    log.fatal({ err: error, role }, 'the process ends on an error that nobody expected')
    process.exitCode = 1
    setTimeout(() => process.exit(1), 100)
  }
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)

  await startRuntime(role)
  const running = await start()

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await running.stop()
    await stopRuntime()
    process.exit(0)
  }
  const asked = () => void stop().catch(fail)
  process.on('SIGTERM', asked)
  process.on('SIGINT', asked)
  process.on('disconnect', asked)
  tellSupervisor({ kind: 'ready' })
}
