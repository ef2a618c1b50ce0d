import { type ASTNode, parse } from '@marcbachmann/cel-js'

/** What the rules and steps of a document look things up in. */
export type Lookups = {
  /** Ids and names of lists whose values rules compare with, in lower case. */
  lists: Set<string>
  /** Ids of lists that suppression steps ask one value at a time, in lower case. */
  asked: Set<string>
  /** Whether distances between postal codes are asked for. */
  places: boolean
}

const isNode = (value: unknown): value is ASTNode =>
  typeof value === 'object' && value !== null && 'op' in value && 'args' in value

/** What stands in a call of `inList`, in either form. */
function givenOf(node: ASTNode): ASTNode[] | undefined {
  if (node.op === 'call' && node.args[0] === 'inList') return node.args[1]
  return node.op === 'rcall' && node.args[0] === 'inList' ? [node.args[1], ...node.args[2]] : undefined
}

function listsIn(value: unknown, into: Lookups): void {
  if (Array.isArray(value)) for (const inner of value) listsIn(inner, into)
  if (!isNode(value)) return
  const named = givenOf(value)?.[1]
  if (named?.op === 'value' && typeof named.args === 'string') into.lists.add(named.args.trim().toLowerCase())
  listsIn(value.args, into)
}

function lookInText(text: string, into: Lookups): void {
  if (text.includes('withinMiles')) into.places = true
  if (!text.includes('inList')) return
  try {
    listsIn(parse(text).ast, into)
  } catch {
    // No expression, or a broken one: it looks nothing up.
  }
}

function lookInRow({ op, value, list_id: listId }: Record<string, unknown>, into: Lookups): void {
  if ((op === 'in_list' || op === 'not_in_list') && typeof value === 'string')
    into.lists.add(value.trim().toLowerCase())
  if (typeof listId === 'string') into.asked.add(listId.trim().toLowerCase())
  if (op === 'within_miles' || op === 'not_within_miles') into.places = true
}

function look(part: unknown, into: Lookups): void {
  if (typeof part === 'string') lookInText(part, into)
  else if (Array.isArray(part)) for (const inner of part) look(inner, into)
  else if (typeof part === 'object' && part !== null) {
    lookInRow(part as Record<string, unknown>, into)
    for (const inner of Object.values(part)) look(inner, into)
  }
}

/** What all rules and steps that stand somewhere in the documents (of flows, sources, destinations) look things up in. */
export function lookupsOf(documents: readonly unknown[]): Lookups {
  const into: Lookups = { lists: new Set(), asked: new Set(), places: false }
  look(documents, into)
  return into
}
