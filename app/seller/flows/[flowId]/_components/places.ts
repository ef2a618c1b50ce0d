/** What the panel edits, as it stands in the address (`?at=step:premium&tab=mapping`). */
export type Place =
  | { kind: 'start' | 'sources' | 'fields' | 'acceptance' | 'answer' | 'feedback' }
  | { kind: 'source' | 'step'; id: string }

const plain = new Set(['sources', 'fields', 'acceptance', 'answer', 'feedback'])

export function placeOf(at: string | null): Place {
  const [kind = '', ...rest] = (at ?? '').split(':')
  const id = rest.join(':')
  if ((kind === 'source' || kind === 'step') && id) return { kind, id }
  return plain.has(kind) ? { kind: kind as 'sources' } : { kind: 'start' }
}

export const addressOf = (place: Place): string | undefined => {
  if (place.kind === 'start') return undefined
  return 'id' in place ? `${place.kind}:${place.id}` : place.kind
}

export const isSame = (a: Place, b: Place): boolean => addressOf(a) === addressOf(b)

export const tabsOfStep = ['connection', 'mapping', 'rules', 'delivery', 'answers'] as const
export type StepTab = (typeof tabsOfStep)[number]

const tabAt: [RegExp, StepTab][] = [
  [/connection\.request/, 'mapping'],
  [/connection\.response/, 'answers'],
  [/^steps\.\d+\.(?:rules|eligible_when)/, 'rules'],
  [/^steps\.\d+\.delivery/, 'delivery'],
]

/** Where a problem of the document is mended. */
export function placeOfProblem(path: string, steps: readonly { id: string }[]): { place: Place; tab?: StepTab } {
  const [root = '', index = ''] = path.split('.')
  if (root === 'steps') {
    const step = steps[Number(index)]
    if (!step) return { place: { kind: 'start' } }
    return {
      place: { kind: 'step', id: step.id },
      tab: tabAt.find(([pattern]) => pattern.test(path))?.[1] ?? 'connection',
    }
  }
  if (root === 'fields' || root === 'mappings') return { place: { kind: 'fields' } }
  if (root === 'price' || root === 'succeed_when') return { place: { kind: 'answer' } }
  return { place: placeOf(root) }
}
