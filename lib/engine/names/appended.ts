import type { FlowDocument, Step } from '../schema'
import { placedBuyers } from '../shapes/buyers'
import type { Read } from './scope'

type ValueKind = 'string' | 'number' | 'boolean' | 'time' | undefined
export type AppendedValue = { label: string; kind: ValueKind }

/** What a step leaves behind for later ones. */
export type AppendedStep = {
  stepId: string
  name: string
  /** Place in the flow: only steps after it may read it. */
  at: number
  values: ReadonlyMap<string, AppendedValue>
}

/** What the steps of a flow append, by step key; a place of the flow reads those of the steps before it. */
export type Appended = { steps: ReadonlyMap<string, AppendedStep>; before: number }

/** How rules and templates call a step: its id, with `_` for `-`, as a minus would subtract. */
export const stepKey = (stepId: string): string => stepId.replaceAll('-', '_')

/** What every buyer step appends, whatever is captured. No capture may bear these names. */
const ofBuyers: Readonly<Record<string, AppendedValue>> = {
  outcome: { label: 'outcome', kind: 'string' },
  reason: { label: 'reason', kind: 'string' },
  price: { label: 'price', kind: 'number' },
  id: { label: 'buyer’s lead ID', kind: 'string' },
}
export const reservedNames: ReadonlySet<string> = new Set(Object.keys(ofBuyers))

/**
 * Names of the values that a step captures from its answer. Those of an invited buyer stay with the buyer: the seller
 * sees its outcome, reason, price and id, not its answer.
 */
export function capturesOf(step: Step): string[] {
  if (step.type === 'lookup') return namesOf(step.response.capture)
  if (step.type !== 'buyer' || step.connection.method !== 'manual') return []
  return namesOf(step.connection.response.capture)
}

const namesOf = (capture: Record<string, string> | undefined): string[] =>
  Object.keys(capture ?? {}).filter((name) => !reservedNames.has(name))

const ofLookups: Readonly<Record<string, AppendedValue>> = {
  outcome: { label: 'outcome', kind: 'string' },
  reason: { label: 'reason', kind: 'string' },
}
const ofDuplicateChecks: Readonly<Record<string, AppendedValue>> = {
  found: { label: 'found', kind: 'boolean' },
  lead_id: { label: 'earlier lead ID', kind: 'string' },
  at: { label: 'time of the earlier lead', kind: 'time' },
}
const ofSuppressions: Readonly<Record<string, AppendedValue>> = {
  found: { label: 'found', kind: 'boolean' },
  field: { label: 'field found', kind: 'string' },
}

const usual: Partial<Record<Step['type'], Readonly<Record<string, AppendedValue>>>> = {
  buyer: ofBuyers,
  lookup: ofLookups,
  duplicate_check: ofDuplicateChecks,
  suppression: ofSuppressions,
}

function valuesOf(step: Step): ReadonlyMap<string, AppendedValue> | undefined {
  const own = usual[step.type]
  if (!own) return undefined
  const captured = capturesOf(step).map((name): [string, AppendedValue] => [
    name,
    { label: name.replaceAll('_', ' '), kind: undefined },
  ])
  return new Map([...Object.entries(own), ...captured])
}

/** What each step of a flow appends, by its key. Of two steps with the same key the later one counts. */
export function appendedSteps(steps: FlowDocument['steps']): Appended['steps'] {
  const found = new Map<string, AppendedStep>()
  const add = (step: Step, at: number) => {
    const values = valuesOf(step)
    if (values) found.set(stepKey(step.id), { stepId: step.id, name: step.name, at, values })
  }
  for (const [at, step] of steps.entries()) if (step.type !== 'distribution') add(step, at)
  for (const { step, index } of placedBuyers({ steps })) add(step, index)
  return found
}

const list = (words: Iterable<string>) => [...words].join(', ') || 'none'

type Found = { words: string; kind: ValueKind; read: Read } | { problem: string }

/** Looks up `appended.<step key>.<name>`; `rest` is what follows `appended`. */
export function findAppended(rest: readonly string[], appended: Appended | undefined): Found {
  const [key = '', name = '', ...deeper] = rest
  if (!appended) return { problem: 'Values of other steps can’t be read here.' }
  const step = appended.steps.get(key)
  const earlier = [...appended.steps].flatMap(([known, { at }]) => (at < appended.before ? [known] : []))
  if (!step) {
    return { problem: `There is no step “${key}” that appends values. Earlier steps that do: ${list(earlier)}.` }
  }
  if (step.at >= appended.before) {
    return { problem: `appended.${key} is not known yet here: “${step.name}” comes later.` }
  }
  const value = step.values.get(name)
  if (!value || deeper.length > 0) {
    return {
      problem: `“${step.name}” appends no “${[name, ...deeper].join('.')}”; it has ${list(step.values.keys())}.`,
    }
  }
  // Runs that were saved before steps appended anything have none.
  const read: Read = ({ run: { appended: all } }) => {
    const own = all && Object.hasOwn(all, key) ? all[key] : undefined
    return own && Object.hasOwn(own, name) ? own[name] : undefined
  }
  return { words: `${step.name} ${value.label}`, kind: value.kind, read }
}
