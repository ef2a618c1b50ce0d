import {
  type Answer,
  advance,
  compileFlow,
  compileSource,
  FlowDocument,
  type FlowDocumentInput,
  type FlowInput,
  type Nested,
  type Rule,
  type RuleResources,
  type Run,
  type RunEvent,
  readAnswer,
  renderRequest,
  SourceSettings,
  type StepTarget,
  startRun,
  typeLead,
} from './index'

/** 2026-01-14T18:30Z: a Wednesday, 13:30 in New York. */
export const now = 1_768_415_400_000
export const standardFields = [
  { name: 'first_name', type: 'first_name' },
  { name: 'last_name', type: 'last_name' },
  { name: 'email', type: 'email' },
  { name: 'phone_1', type: 'phone' },
  { name: 'state', type: 'state' },
  { name: 'postal_code', type: 'postal_code' },
  { name: 'credit_score', type: 'number' },
  { name: 'dob', type: 'dob' },
  { name: 'age', type: 'range' },
  { name: 'homeowner', type: 'boolean' },
  { name: 'ssn', type: 'ssn' },
  { name: 'tags', type: 'string' },
  { name: 'ccpa_consent', type: 'boolean' },
  { name: 'ip_address', type: 'ip' },
  { name: 'mortgage.loan.amount', type: 'currency' },
  { name: 'move_date', type: 'date' },
] satisfies NonNullable<FlowDocumentInput['fields']>

type StepInput = NonNullable<FlowDocumentInput['steps']>[number]
type BuyerInput = Extract<StepInput, { type: 'buyer' }>

/** A buyer step with a manual configuration; `more` replaces parts of it. */
export const aBuyer = (id: string, more: Partial<BuyerInput> = {}): BuyerInput => ({
  id,
  type: 'buyer',
  name: `Buyer ${id}`,
  connection: {
    method: 'manual',
    endpoint: { url: `https://${id}.example.com/leads` },
    request: { mappings: { email: '{{lead.email}}' } },
  },
  ...more,
})

type FlowParts = Omit<FlowDocumentInput, 'steps'> & {
  steps?: StepInput[]
  targets?: Record<string, StepTarget>
  resources?: RuleResources
  settings?: Parameters<typeof SourceSettings.parse>[0]
}

export const inputOf = ({ targets = {}, resources, settings: _, ...document }: FlowParts): FlowInput => ({
  document: FlowDocument.parse({ fields: standardFields, ...document }),
  version: 1,
  flow: { id: 'f1', accountId: 'a1', name: 'Insurance Leads - California', timeZone: 'America/New_York' },
  targets,
  ...(resources && { resources }),
})

/** A flow, its source and what is needed to send leads through it. */
export function aFlow(parts: FlowParts = {}) {
  const flow = compileFlow(inputOf(parts))
  const source = compileSource(flow, {
    id: 's1',
    name: 'Web site',
    settings: SourceSettings.parse(parts.settings ?? {}),
  })
  return { flow, source }
}
export type AFlow = ReturnType<typeof aFlow>

export function aRun({ flow, source }: AFlow, submitted: Nested = {}, isTest = false): Run {
  return startRun({
    leadId: 'lead-1',
    isTest,
    receivedAt: now,
    random: 42,
    lead: typeLead(flow, source, submitted, now),
    submission: { ip: '203.0.113.9', userAgent: 'Browser' },
    source: { id: source.id, name: source.name },
  })
}

export const start: RunEvent = { kind: 'start', now, nextEventId: 'e1' }
export const begin = (made: AFlow, submitted: Nested = {}, isTest = false) =>
  advance(made.flow, made.source, aRun(made, submitted, isTest), start)

/** Sends a lead through; `answers` says what each buyer step answers. */
export function play(made: AFlow, submitted: Nested, answers: Record<string, Answer>, isTest = false): Run {
  let { run, effects } = begin(made, submitted, isTest)
  for (let next = 2; effects[0]?.kind === 'attempt'; next++) {
    const { stepId, eventId } = effects[0]
    const request = renderRequest(made.flow, run, { stepId, eventId, now })
    const answer = answers[stepId] ?? { kind: 'no-answer', message: 'No answer' }
    const verdict = readAnswer(request?.response ?? { success_codes: [200] }, answer)
    const answered = advance(made.flow, made.source, run, {
      kind: 'answered',
      eventId,
      verdict,
      now: now + next,
      nextEventId: `e${next}`,
    })
    run = answered.run
    effects = answered.effects
  }
  return run
}

export const says = (status: number, body: unknown = ''): Answer => ({
  kind: 'answer',
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

/** Whether a rule lets a lead in, and why not. */
export function judge(rule: Rule, submitted: Nested) {
  const { run } = begin(aFlow({ acceptance: { rule }, succeed_when: 'always' }), submitted)
  return { passes: run.outcome === 'success', reason: run.reason, trace: run.trace }
}
export const passes = (rule: Rule, submitted: Nested) => judge(rule, submitted).passes
