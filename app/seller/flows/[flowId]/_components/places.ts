import { placedSteps } from '@/components/flow/distribution-members'
import type { Step } from '@/lib/engine/schema'

/** What the panel edits, as it stands in the address (`?at=step:premium&tab=mapping`). */
export type Place =
  | { kind: 'start' | 'sources' | 'fields' | 'acceptance' | 'answer' | 'feedback' | 'history' }
  | { kind: 'source' | 'step' | 'history-of'; id: string }

const plain = new Set(['sources', 'fields', 'acceptance', 'answer', 'feedback', 'history'])
const named = new Set(['source', 'step', 'history-of'])

export function placeOf(at: string | null): Place {
  const [kind = '', ...rest] = (at ?? '').split(':')
  const id = rest.join(':')
  if (named.has(kind) && id) return { kind: kind as 'step', id }
  return plain.has(kind) ? { kind: kind as 'sources' } : { kind: 'start' }
}

export const addressOf = (place: Place): string | undefined => {
  if (place.kind === 'start') return undefined
  return 'id' in place ? `${place.kind}:${place.id}` : place.kind
}

export const isSame = (a: Place, b: Place): boolean => addressOf(a) === addressOf(b)

export const tabsOfStep = [
  'connection',
  'mapping',
  'rules',
  'availability',
  'delivery',
  'failover',
  'answers',
  'ping',
  'email',
  'test',
] as const
export type StepTab = (typeof tabsOfStep)[number]

const tabAt: [RegExp, StepTab][] = [
  [/^steps\.\d+(?:\.buyers\.\d+)*\.(?:ping|connection\.ping_fields)/, 'ping'],
  [/^steps\.\d+(?:\.buyers\.\d+)*\.conditional_delivery\.quality_requirements/, 'rules'],
  [/^steps\.\d+(?:\.buyers\.\d+)*\.(?:conditional_delivery|standby)/, 'availability'],
  [/^steps\.\d+(?:\.buyers\.\d+)*\.(?:failover|retry|on_unknown)/, 'failover'],
  [/^steps\.\d+(?:\.buyers\.\d+)*\.(?:connection\.)?email/, 'email'],
  [/connection\.request\.(?:format|root|parameter|soap)(?:\.|$)/, 'delivery'],
  [/connection\.endpoint\.method/, 'delivery'],
  [/connection\.request/, 'mapping'],
  [/connection\.response/, 'answers'],
  [/^steps\.\d+(?:\.buyers\.\d+)*\.(?:rules|eligible_when)/, 'rules'],
  [/^steps\.\d+(?:\.buyers\.\d+)*\.delivery/, 'delivery'],
  // Of a look-up, which has its request and answer at its own level.
  [/^steps\.\d+\.(?:request|endpoint\.method)/, 'mapping'],
  [/^steps\.\d+\.response/, 'answers'],
]

/** What the panel of a distribution says of its members. */
const ofGroup = /\.buyers\.\d+\.(?:when|weight)(?:\.|$)/

/** Where a problem of the document is mended. */
export function placeOfProblem(path: string, steps: readonly Step[]): { place: Place; tab?: StepTab } {
  const [root = ''] = path.split('.')
  if (root === 'steps') {
    const placed = placedSteps(steps).findLast((one) => path === one.path || path.startsWith(`${one.path}.`))
    if (!placed) return { place: { kind: 'start' } }
    const { step, within } = placed
    if (within && ofGroup.test(path)) return { place: { kind: 'step', id: within.id } }
    return {
      place: { kind: 'step', id: step.id },
      tab: tabAt.find(([pattern]) => pattern.test(path))?.[1] ?? 'connection',
    }
  }
  if (root === 'fields' || root === 'mappings') return { place: { kind: 'fields' } }
  if (root === 'price' || root === 'succeed_when') return { place: { kind: 'answer' } }
  if (root === 'caps') return { place: { kind: 'acceptance' } }
  return { place: placeOf(root) }
}

type Problem = { path: string; stepId?: string }

/** The same problems where their steps stand now: a step may have moved since the server looked. */
export function inPlace<One extends Problem>(problems: readonly One[], steps: readonly Step[]): One[] {
  const pathOf = new Map(placedSteps(steps).map(({ step, path }) => [step.id, path]))
  return problems.flatMap((problem) => {
    if (problem.stepId === undefined || !problem.path.startsWith('steps.')) return [problem]
    const at = pathOf.get(problem.stepId)
    if (at === undefined) return []
    const below = problem.path.split('.').slice(at.split('.').length)
    return [{ ...problem, path: [at, ...below].join('.') }]
  })
}
