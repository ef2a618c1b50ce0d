import type { Names, Reference } from '../names/references'
import { type Scope, textOf } from '../names/scope'
import { type CompiledTemplate, compileTemplate } from '../templates/index'

const longestReason = 500
export const short = (text: string): string =>
  text.length > longestReason ? `${text.slice(0, longestReason - 1)}…` : text

/** What the reason of a condition may tell: the answer, and nothing of the lead, as reasons are seen by many. */
export type ReasonFacts = Readonly<Record<string, unknown>>

const facts: Record<string, string> = {
  reason: 'Reason in the answer',
  status_code: 'Status code',
  value: 'Value at the path of the condition',
  price: 'Price in the answer',
  id: 'Buyer’s lead ID',
}

const factReference = (path: string, words: string): [string, Reference] => [
  path,
  { path, words, kind: undefined, masked: false, read: ({ answer }) => answer?.[path] },
]

/** Names of a condition's reason: of the answer, and of what is captured (`{{captured.code}}`). */
export function reasonNames(captures: readonly string[]): Names {
  const known = Object.entries(facts).map(([path, words]) => factReference(path, words))
  const own = captures.map((name) => factReference(`captured.${name}`, name))
  return { fields: new Map(), only: new Map([...known, ...own]) }
}

export const compileReason = (source: string, captures: readonly string[]): CompiledTemplate =>
  compileTemplate(source, reasonNames(captures))

/** A scope with nothing in it but the answer: reasons read no lead. */
const noLead: Scope = {
  run: {
    leadId: '',
    isTest: false,
    receivedAt: 0,
    random: 1,
    lead: {},
    submission: { ip: '', userAgent: '' },
    source: { id: '', name: '' },
    at: 0,
    results: [],
    trace: [],
    appended: {},
    state: 'open',
    status: 'processing',
    costCents: 0,
    revenueCents: 0,
  },
  flow: { id: '', name: '', timeZone: 'UTC' },
  now: 0,
}

export const renderReason = (template: CompiledTemplate, answer: ReasonFacts): string =>
  short(textOf(template.render({ ...noLead, answer })).trim())
