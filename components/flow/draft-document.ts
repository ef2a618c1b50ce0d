import type { BuyerStep, FilterStep, FlowDocument, Step } from '@/lib/engine/schema'
import { stepsWithin } from './distribution-members'

export type ManualConnection = Extract<BuyerStep['connection'], { method: 'manual' }>
export type InviteConnection = Extract<BuyerStep['connection'], { method: 'invite' }>

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const isRef = (value: unknown) => isObject(value) && typeof value['secret'] === 'string'

/** `now` with the references of `saved` where it still holds the very text that was sent. */
function sealed(now: unknown, sent: unknown, saved: unknown): unknown {
  if (typeof now === 'string') return now === sent && isRef(saved) ? saved : now
  if (Array.isArray(now)) {
    const items = now.map((item, index) => sealed(item, childOf(sent, index), childOf(saved, index)))
    return items.every((item, index) => item === now[index]) ? now : items
  }
  if (!isObject(now)) return now
  const entries = Object.entries(now).map(
    ([key, item]) => [key, sealed(item, childOf(sent, key), childOf(saved, key))] as const,
  )
  return entries.every(([key, item]) => item === now[key]) ? now : Object.fromEntries(entries)
}

const childOf = (value: unknown, key: string | number): unknown =>
  typeof value === 'object' && value !== null ? (value as Json)[key] : undefined

/** The document as it is edited now, with the references that saving put in place of secrets. */
export function adoptSecrets(now: FlowDocument, sent: FlowDocument, saved: FlowDocument): FlowDocument {
  const byId = (document: FlowDocument) => new Map(stepsWithin(document.steps).map((step) => [step.id, step]))
  const [before, after] = [byId(sent), byId(saved)]
  // By their ids, inside distributions too: a step may have moved while it was saved.
  const adopt = <Kind extends Step>(step: Kind): Kind => {
    if (step.type !== 'distribution') return sealed(step, before.get(step.id), after.get(step.id)) as Kind
    const buyers = step.buyers.map(adopt)
    return buyers.every((member, index) => member === step.buyers[index]) ? step : { ...step, buyers }
  }
  const steps = now.steps.map(adopt)
  return steps.every((step, index) => step === now.steps[index]) ? now : { ...now, steps }
}

/** An id for a step, made of its name: "Premium Buyer" → "premium-buyer", "premium-buyer-2". */
export function stepIdFor(name: string, steps: readonly { id: string }[]): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  const base = (/^[a-z]/.test(words) ? words : `step-${words}`.replace(/-$/, '')).slice(0, 56)
  const taken = new Set(steps.map(({ id }) => id))
  if (!taken.has(base)) return base
  let number = 2
  while (taken.has(`${base}-${number}`)) number++
  return `${base}-${number}`
}

export const newFilter = (id: string, name: string): FilterStep => ({
  id,
  type: 'filter',
  name,
  stop_when: '',
  outcome: 'failure',
  reason: '',
})

const commonBuyer = (id: string, name: string) => ({
  id,
  type: 'buyer' as const,
  name,
  delivery: { method: 'POST' as const, format: 'json' as const, timeout_seconds: 30 },
})

/** A buyer that the seller configures by hand: its mapping starts with every field of the flow under its own name. */
export const newManualBuyer = (id: string, name: string, url: string, fields: FlowDocument['fields']): BuyerStep => ({
  ...commonBuyer(id, name),
  connection: newManualConnection(url, fields),
  rules: { active: true },
})

export const newManualConnection = (url: string, fields: FlowDocument['fields']): ManualConnection => ({
  method: 'manual',
  endpoint: { url, method: 'POST', auth: { type: 'none' }, headers: {} },
  request: {
    format: 'json',
    mappings: { event_id: '{{event_id}}', ...Object.fromEntries(fields.map(({ name }) => [name, `{{lead.${name}}}`])) },
  },
  response: { success_codes: [200, 201, 202, 204] },
})

export const newMailConnection: Extract<BuyerStep['connection'], { method: 'email' }> = {
  method: 'email',
  email: { to: [] },
}

/** Every field of the flow is shared until the seller takes one away. */
export const newInviteConnection = (fields: FlowDocument['fields']): InviteConnection => ({
  method: 'invite',
  shared_fields: fields.map(({ name }) => name),
})

/** The same sharing with a buyer that is connected already. */
export const toConnection = (
  { invitation_id: _, ...sharing }: InviteConnection,
  connectionId: string,
): InviteConnection => ({
  ...sharing,
  connection_id: connectionId,
})

/** A buyer that takes leads by mail, in the words of the account's default. */
export const newMailBuyer = (id: string, name: string, to: string[]): BuyerStep => ({
  ...commonBuyer(id, name),
  connection: { ...newMailConnection, email: { to } },
  rules: { active: true },
})

export const newInvitedBuyer = (id: string, name: string, fields: FlowDocument['fields']): BuyerStep => ({
  ...commonBuyer(id, name),
  connection: newInviteConnection(fields),
  rules: { active: false },
})

type Edit = (step: Step) => Step

function edited<Kind extends Step>(step: Kind, id: string, edit: Edit): Kind {
  if (step.id === id) return edit(step) as Kind
  if (step.type !== 'distribution') return step
  return { ...step, buyers: step.buyers.map((member) => edited(member, id, edit)) }
}

/** The same document with one step changed, wherever it stands. */
export const withStep = (document: FlowDocument, id: string, edit: Edit): FlowDocument => ({
  ...document,
  steps: document.steps.map((step) => edited(step, id, edit)),
})

/** Moves a step to another place; the ends stay where they are. */
export function moveStepTo(document: FlowDocument, id: string, index: number): FlowDocument {
  const from = document.steps.findIndex((step) => step.id === id)
  const step = document.steps[from]
  const to = Math.max(0, Math.min(index, document.steps.length - 1))
  if (!step || to === from) return document
  const steps = document.steps.toSpliced(from, 1).toSpliced(to, 0, step)
  return { ...document, steps }
}

export function insertStep(document: FlowDocument, step: Step, index: number): FlowDocument {
  if (stepsWithin(document.steps).some(({ id }) => id === step.id)) return document
  return { ...document, steps: [...document.steps.slice(0, index), step, ...document.steps.slice(index)] }
}
