import { type Actor, hasRole } from '@/lib/actor'
import { listConnections } from '@/lib/connections'
import { type FlowDocument, sampleLead, variables } from '@/lib/engine'
import { getFlow } from '@/lib/flows'
import type { FlowView, SetupState } from '@/lib/flows/schema'
import { getMailTemplate } from '@/lib/lead-mail'
import { overview } from '@/lib/reports'
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
  /** A lead to try with, by field name. */
  sample: Record<string, unknown>
  /** Buyers that are connected already. */
  buyers: BuyerView[]
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
  const [flow, buyers, mail] = await Promise.all([getFlow(actor, flowId), buyersOf(actor), getMailTemplate(actor)])
  if (!flow.ok) return flow
  const { draft } = flow.value
  return ok({
    flow: flow.value,
    variables: variables(draft),
    sample: sampleOf(draft),
    buyers,
    mailTemplate: { reply_to: mail.reply_to, subject: mail.subject, html: mail.html, text: mail.text },
    canEdit: hasRole(actor, 'member'),
    userId: actor.userId,
  })
}

/** What became of a step's leads in the last 24 hours. `sent` leaves out those that skipped it. */
export type StepShare = { sent: number; accepted: number }

/** The shares of a flow's live buyer steps, by step id; steps that got no lead are not in it. */
export async function stepShares(actor: Actor, flowId: string): Promise<Record<string, StepShare>> {
  const { subjects } = await overview(actor, 'seller', Date.now())
  const mine = subjects.filter(({ id }) => id.startsWith(`${flowId}/`))
  return Object.fromEntries(
    mine.map(({ id, accepted, rejected, error, unknown }) => [
      id.slice(flowId.length + 1),
      { sent: accepted + rejected + error + unknown, accepted },
    ]),
  )
}
