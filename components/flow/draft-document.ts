import type { Auth, BuyerStep, FilterStep, FlowDocument, Step } from '@/lib/engine/schema'

export type ManualConnection = Extract<BuyerStep['connection'], { method: 'manual' }>
export type InviteConnection = Extract<BuyerStep['connection'], { method: 'invite' }>

const authOf = (step: Step | undefined): Auth | undefined =>
  step?.type === 'buyer' && step.connection.method === 'manual' ? step.connection.endpoint.auth : undefined

function withAuth(step: Step, auth: Auth): Step {
  if (step.type !== 'buyer' || step.connection.method !== 'manual') return step
  return { ...step, connection: { ...step.connection, endpoint: { ...step.connection.endpoint, auth } } }
}

/** The document as it is edited now, with the references that saving put in place of secrets. */
export function adoptSecrets(now: FlowDocument, sent: FlowDocument, saved: FlowDocument): FlowDocument {
  const before = new Map(sent.steps.map((step) => [step.id, step]))
  const after = new Map(saved.steps.map((step) => [step.id, step]))
  let isSame = true
  const steps = now.steps.map((step) => {
    const auth = authOf(step)
    const sealed = authOf(after.get(step.id))
    if (!auth || !sealed || auth.type === 'none' || auth !== authOf(before.get(step.id)) || !holdsText(auth))
      return step
    isSame = false
    return withAuth(step, sealed)
  })
  return isSame ? now : { ...now, steps }
}

function holdsText(auth: Auth): boolean {
  if (auth.type === 'basic') return typeof auth.password === 'string'
  if (auth.type === 'bearer') return typeof auth.token === 'string'
  return auth.type === 'api_key' && typeof auth.key === 'string'
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

export const newInvitedBuyer = (id: string, name: string, fields: FlowDocument['fields']): BuyerStep => ({
  ...commonBuyer(id, name),
  connection: { method: 'invite', shared_fields: fields.map((field) => field.name) },
  rules: { active: false },
})

export const withStep = (document: FlowDocument, id: string, edit: (step: Step) => Step): FlowDocument => ({
  ...document,
  steps: document.steps.map((step) => (step.id === id ? edit(step) : step)),
})

/** Moves a step up (-1) or down (1); the ends stay where they are. */
export function moveStep(document: FlowDocument, id: string, by: -1 | 1): FlowDocument {
  const from = document.steps.findIndex((step) => step.id === id)
  const step = document.steps[from]
  const other = document.steps[from + by]
  if (!step || !other) return document
  const steps = [...document.steps]
  steps[from] = other
  steps[from + by] = step
  return { ...document, steps }
}

export function insertStep(document: FlowDocument, step: Step, index: number): FlowDocument {
  if (document.steps.some(({ id }) => id === step.id)) return document
  return { ...document, steps: [...document.steps.slice(0, index), step, ...document.steps.slice(index)] }
}
