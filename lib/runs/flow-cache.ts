import { subscribe } from '../../db/client'
import { knowBreakers } from '../breakers/index'
import { type LoadedFlow, loadFlow } from '../flows/index'
import { log } from '../log'
import { once, processRole } from '../runtime'

type FlowCache = {
  flows: Map<string, LoadedFlow>
  loading: Map<string, Promise<LoadedFlow | undefined>>
  generation: number
}

const mostFlows = 5_000

/** Published flows, compiled once a version. A change is heard by NOTIFY; commit 1 catches one that was not heard in time. */
const cache = (): FlowCache =>
  once('flow-cache', () => {
    const made: FlowCache = { flows: new Map(), loading: new Map(), generation: 0 }
    // A worker takes few leads up and its queue listens already: it loads what it needs and hears nothing.
    if (processRole() === 'worker') return made
    const hear = (accountId: string) => {
      made.generation++
      for (const [id, loaded] of made.flows) if (concerns(loaded, accountId)) made.flows.delete(id)
    }
    const forgetAll = () => {
      made.generation++
      made.flows.clear()
    }
    subscribe('baton_config', hear, forgetAll).catch((error: unknown) =>
      log.error({ err: error }, 'changes of configuration are not heard; each is found at its next commit'),
    )
    return made
  })

const concerns = ({ flow, targets }: LoadedFlow, accountId: string) =>
  flow.accountId === accountId || Object.values(targets).some((target) => target.buyerAccountId === accountId)

/** The flow as it takes leads now, from the cache or loaded. `undefined` when there is none of this id. */
export async function flowFor(flowId: string): Promise<LoadedFlow | undefined> {
  return cache().flows.get(flowId) ?? reloadFlow(flowId)
}

/** Loads the flow anew. Calls that come while it loads share one load. */
export function reloadFlow(flowId: string): Promise<LoadedFlow | undefined> {
  const held = cache()
  const underWay = held.loading.get(flowId)
  if (underWay) return underWay
  const { generation } = held
  const load = Promise.all([loadFlow(flowId), knowBreakers()])
    .then(([loaded]) => {
      // A change that was heard while this was read may not be in it.
      if (loaded && generation === held.generation && processRole() !== 'worker') keep(held, flowId, loaded)
      else held.flows.delete(flowId)
      return loaded
    })
    .finally(() => held.loading.delete(flowId))
  held.loading.set(flowId, load)
  return load
}

function keep(held: FlowCache, flowId: string, loaded: LoadedFlow): void {
  held.flows.delete(flowId)
  held.flows.set(flowId, loaded)
  if (held.flows.size <= mostFlows) return
  const oldest = held.flows.keys().next()
  if (!oldest.done) held.flows.delete(oldest.value)
}
