import type { Scope } from '../names/scope'
import type { OutgoingRequest } from '../types'
import type { List } from './batch-body'
import { type Filled, fill, type Group } from './entries'
import { secretParts } from './secret-parts'

type Sent = Pick<OutgoingRequest, 'url' | 'headers' | 'body' | 'masked' | 'problem'>

/** What the request of one lead is made of. */
export type ListParts = {
  groups: readonly Group[]
  /** One lead's request from what was placed, and the fields that were read beside the mappings. */
  writeOne: (placed: Filled['placed'], scope: Scope) => { sent: Sent; beside: readonly string[] }
  fixed: Pick<OutgoingRequest, 'method' | 'auth' | 'timeoutMs' | 'response'>
  secretNames: readonly string[]
  usualFields: readonly string[]
}

/**
 * Makes the request of several leads out of what each would be sent by itself. Its address and headers say nothing of a
 * lead: those of the first are those of all.
 */
export function listRenderer(list: List, parts: ListParts) {
  const { groups, writeOne, fixed, secretNames, usualFields } = parts
  return (scopes: readonly Scope[], batchId: string): OutgoingRequest => {
    const [first] = scopes
    if (!first) throw new Error('a batch has no leads')
    const write = (all: readonly Scope[]) => {
      const leads = all.map((scope) => {
        const filled = fill(groups, scope)
        return { filled, ...writeOne(filled.placed, scope) }
      })
      const items = leads.map(({ filled, sent }) => ({ placed: filled.placed, body: sent.body }))
      const { url = '', headers = {} } = leads[0]?.sent ?? {}
      return { leads, sent: { url, headers, body: list(items, { id: batchId, now: first.now }) } }
    }
    const { leads, sent } = write(scopes)
    const masked = leads.flatMap((lead) => [...lead.filled.masked, ...(lead.sent.masked ?? [])])
    const more = leads.flatMap((lead) => [...lead.filled.conditionalFields, ...lead.beside])
    const problem = leads.find((lead) => lead.sent.problem !== undefined)?.sent.problem
    return {
      ...fixed,
      ...sent,
      isList: true,
      ...secretParts(secretNames, first, ({ secrets = {} }) => write(scopes.map((one) => ({ ...one, secrets }))).sent),
      sentFields: [...new Set([...usualFields, ...more])],
      ...(masked.length > 0 && { masked }),
      ...(problem !== undefined && { problem }),
    }
  }
}
