import { migrate } from '../db/migrate'
import { seedDemo } from '../db/seed/index'
import { env } from '../lib/env'
import { startRuntime, stopRuntime } from '../lib/runtime'
import { tellSupervisor } from './child'

/** Runs once before the roles: schema, partitions, and the demo world. In a process of its own, so that its memory is given back. */
await startRuntime('worker')
await migrate(env().DATABASE_URL ?? '', Date.now())
const demo = env().BATON_DEMO === 'on' ? await seedDemo() : undefined
await stopRuntime()
tellSupervisor({ kind: 'demo', demo })
process.disconnect?.()
