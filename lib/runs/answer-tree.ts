import { amountOf } from '../money'
import type { SourceAnswer } from './job'

/** An answer as it is written in any format. */
export type Tree = { [key: string]: string | number | boolean | Tree }

/**
 * What the answer says, in the order the source lists or the usual one; what there is not is left out. One that is
 * pending always says so, with the id by which its end is asked for.
 */
export function answerTree(answer: SourceAnswer, wanted: string[] | undefined): Tree {
  const lead: Tree = { id: answer.leadId, ...(answer.status && { status: answer.status }) }
  const all: Tree = {
    outcome: answer.outcome,
    ...(answer.reason !== undefined && { reason: answer.reason }),
    lead,
    price: amountOf(answer.priceCents),
  }
  if (!wanted?.length) return all
  const tree: Tree = {}
  for (const path of listed(wanted, answer)) {
    const said = all[path]
    if (said !== undefined && path !== 'lead') tree[path] = said
    else if (path.startsWith('lead.'))
      tree['lead'] = { ...(tree['lead'] as Tree | undefined), ...leadField(path, answer, lead) }
    else if (path.startsWith('appended.')) addAppended(tree, path, answer.fields?.[path])
  }
  return tree
}

const listed = (wanted: string[], { status }: SourceAnswer) => (status ? [...wanted, 'lead.id'] : wanted)

const written = (value: unknown): string | number | boolean | undefined => {
  if (value === undefined || value === null || value === '') return undefined
  if (Array.isArray(value)) return value.map(String).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : (value as string | number | boolean)
}

/** `appended.<step>.<name>` nests; steps and names start with a letter, so that nothing of it becomes a list. */
function addAppended(tree: Tree, path: string, value: unknown): void {
  const said = written(value)
  const [root = '', step = '', name = ''] = path.split('.')
  if (said === undefined || name === '') return
  const all = tree[root] as Tree | undefined
  tree[root] = { ...all, [step]: { ...(all?.[step] as Tree | undefined), [name]: said } }
}

function leadField(path: string, answer: SourceAnswer, lead: Tree): Tree {
  if (path === 'lead.id') return lead
  const value = answer.fields?.[path]
  const said = Array.isArray(value) ? JSON.stringify(value) : written(value)
  return said === undefined ? {} : { [path.slice('lead.'.length)]: said }
}
