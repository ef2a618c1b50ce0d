import { type Actor, hasRole } from '@/lib/actor'
import { listConnections } from '@/lib/connections'
import { type FlowDocument, namesNobody, type Step, sampleLead, variables } from '@/lib/engine'
import { getFlow } from '@/lib/flows'
import type { FlowView, SetupState } from '@/lib/flows/schema'
import { getMailTemplate } from '@/lib/lead-mail'
import { listPartnerNames } from '@/lib/partners'
import type { PartnerName } from '@/lib/partners/schema'
import { stepOutcomes } from '@/lib/reports'
import { ok, type Result } from '@/lib/result'

export type VariableView = {
  path: string
  type: string
  label: string
  group: string
  example?: string
  stepId?: string
}
export type BuyerView = { connectionId: string; name: string; setup: SetupState; setupWords: string }

/** Everything the editor shows, as of the last save. */
export type EditorView = {
  flow: FlowView
  /** What rules and templates of the draft may refer to. */
  variables: VariableView[]
  /** Fields of the draft that a ping may tell without naming anybody. */
  namesNobody: string[]
  /** A lead to try with, by field name. */
  sample: Record<string, unknown>
  /** Buyers that are connected already. */
  buyers: BuyerView[]
  /** Whom the account sells to and buys from. */
  partners: PartnerName[]
  /** What a mail says where its step does not. */
  mailTemplate: { reply_to: string; subject: string; html: string; text: string }
  canEdit: boolean
  /** Who looks at it; to tell one's own saves from those of others. */
  userId: string | undefined
}

/** A lead for the fields of a document, as a source would submit it. */
export function sampleOf(document: FlowDocument): Record<string, unknown> {
  const types = new Map(document.fields.map(({ name, type }) => [name, type]))
  const names = document.fields.map(({ name }) => name)
  const lead = sampleLead(names, (name) => types.get(name))
  return Object.fromEntries(Object.entries(lead).map(([name, { raw }]) => [name, raw]))
}

async function buyersOf(actor: Actor): Promise<BuyerView[]> {
  return (await listConnections(actor)).flatMap((connection) =>
    connection.side === 'seller' && connection.status !== 'revoked'
      ? [
          {
            connectionId: connection.id,
            name: connection.partner.name,
            setup: connection.setup,
            setupWords: connection.setupWords,
          },
        ]
      : [],
  )
}

/** Reads a flow for the editor. */
export async function editorView(actor: Actor, flowId: string): Promise<Result<EditorView>> {
  const [flow, buyers, partners, mail] = await Promise.all([
    getFlow(actor, flowId),
    buyersOf(actor),
    listPartnerNames(actor),
    getMailTemplate(actor),
  ])
  if (!flow.ok) return flow
  const { draft } = flow.value
  return ok({
    flow: flow.value,
    variables: variables(draft),
    namesNobody: draft.fields.filter(namesNobody).map(({ name }) => name),
    sample: sampleOf(draft),
    buyers,
    partners,
    mailTemplate: { reply_to: mail.reply_to, subject: mail.subject, html: mail.html, text: mail.text },
    canEdit: hasRole(actor, 'member'),
    userId: actor.userId,
  })
}

/** What became of a step's leads in the last 24 hours: of how many, how many took the way that the step is there for. */
export type StepShare = { of: number; count: number; words: string }

type Outcomes = Record<string, number>
const sum = (counts: Outcomes, names: readonly string[]) => names.reduce((all, name) => all + (counts[name] ?? 0), 0)

const delivered = ['accepted', 'rejected', 'error', 'unknown']
const passed = ['continue', 'stop', 'error']

/** A skipped lead was not for the step, so it is in no share. */
function shareOf(type: Step['type'], counts: Outcomes): StepShare {
  if (type === 'buyer') return { of: sum(counts, delivered), count: counts['accepted'] ?? 0, words: 'accepted' }
  if (type === 'lookup') {
    return { of: sum(counts, ['success', 'failure', 'error']), count: counts['success'] ?? 0, words: 'answered' }
  }
  if (type === 'mapping')
    return { of: sum(counts, ['success', 'skipped']), count: counts['success'] ?? 0, words: 'changed' }
  return { of: sum(counts, passed), count: sum(counts, ['stop', 'error']), words: 'stopped' }
}

/** The shares of a flow's steps, by step id; steps that got no lead are not in it. */
export async function stepShares(actor: Actor, flowId: string): Promise<Record<string, StepShare>> {
  const [outcomes, flow] = await Promise.all([stepOutcomes(actor, flowId, Date.now()), getFlow(actor, flowId)])
  if (!flow.ok) return {}
  return Object.fromEntries(
    flow.value.draft.steps.flatMap(({ id, type }) => {
      const counts = outcomes[id]
      return counts ? [[id, shareOf(type, counts)]] : []
    }),
  )
}
