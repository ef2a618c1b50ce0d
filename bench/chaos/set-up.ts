import { randomUUID } from 'node:crypto'
import { aSeller } from '../../db/testing/factories'
import { aLiveFlow } from '../../db/testing/flows'
import type { FlowDocumentInput } from '../../lib/engine/index'
import { startRuntime, stopRuntime } from '../../lib/runtime'

/*
 * Makes a company with one published flow and one source by the verbs that people use, and prints the path to submit
 * leads to. A process of its own, for it ends with its connections. Argument: the flow document.
 */
await startRuntime('worker')
const { actor } = await aSeller({ email: `${randomUUID()}@example.com` })
const { path } = await aLiveFlow(actor, JSON.parse(process.argv[2] ?? '{}') as FlowDocumentInput)
process.stdout.write(`${path}\n`)
await stopRuntime()
process.exit()
