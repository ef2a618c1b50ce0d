import { createApiKey, loadActor, signUp } from '../../lib/accounts/index'
import type { Actor } from '../../lib/actor'
import { acceptAsNewAccount, createInvitation, setDelivery } from '../../lib/connections/index'
import { acknowledgeTest, createDestination, goLive, testDestination } from '../../lib/destinations/index'
import { env } from '../../lib/env'
import type { Refusal } from '../../lib/errors'
import { createFlow, createSource, publishFlow, sandboxUrl, saveDraft, setStepActive } from '../../lib/flows/index'
import { listPartnerNames, updatePartner } from '../../lib/partners/index'
import type { Result } from '../../lib/result'
import { pool } from '../client'
import { demoDocument } from './demo-document'
import { submitDemoLeads } from './demo-leads'

/** What the banner shows of the demo world. */
export type DemoSummary = {
  signIns: { label: string; email: string; password: string }[]
  apiKey: string
  /** A command that submits a lead to the demo flow, ready to paste. */
  curl: string
}

const password = 'baton-demo-only'
const seller = { company: 'Meridian Leads', name: 'Pat Doyle', email: 'pat@meridian.example', password }
const buyer = { company: 'Premium Buyer Inc', name: 'Casey Reed', password }
const buyerEmail = 'casey@premium.example'

/** The seed does nothing that may be refused: a refusal is a defect, and says what it was. */
function must<T>(result: Result<T, Refusal>): T {
  if (result.ok) return result.value
  throw new Error(`The demo world could not be built: ${JSON.stringify(result.error)}`)
}

async function actorOf({ user, account }: { user: { id: string }; account: { id: string } }): Promise<Actor> {
  const actor = await loadActor(user.id, account.id)
  if (!actor) throw new Error('The demo account has no member')
  return actor
}

/** The token stands only in the mail, which is where a buyer takes it from too. */
async function mailedToken(): Promise<string> {
  const [mail] = await pool().sql<{ text: string }[]>`
    select text from outbox_mails where "to" = ${buyerEmail} order by created_at desc limit 1`
  const token = /\/invite\/([\w-]+)/.exec(mail?.text ?? '')?.[1]
  if (!token) throw new Error('The demo invitation was not mailed')
  return token
}

async function setUpBuyer(connectionId: string, actor: Actor): Promise<void> {
  const destination = must(
    await createDestination(actor, {
      name: 'Sandbox CRM',
      description: 'Takes every lead and pays $45.00. Replace it with your own system.',
      integration: 'sandbox',
      settings: { mode: 'price', price: 45 },
      config: {
        request: {
          mappings: {
            event_id: '{{event_id}}',
            first_name: '{{lead.first_name}}',
            last_name: '{{lead.last_name}}',
            email: '{{lead.email}}',
            phone: '{{lead.phone_1}}',
            'address.city': '{{lead.city}}',
            'address.state': '{{lead.state}}',
            'address.zip': '{{lead.postal_code}}',
            test_mode: '{{test_mode}}',
          },
        },
        required_fields: ['email'],
      },
    }),
  )
  must(await testDestination(actor, { id: destination.id, connectionId }))
  must(await acknowledgeTest(actor, { id: destination.id }))
  must(await goLive(actor, { id: destination.id }))
  must(await setDelivery(actor, { connectionId, destinationId: destination.id }))
}

/** The record that the seller has of its buyer since that accepted. */
async function keepPartner(pat: Actor): Promise<void> {
  const [record] = await listPartnerNames(pat)
  if (!record) throw new Error('The demo buyer has no partner record')
  const settings = { contactName: buyer.name, phone: '+1 916 555 0142', caps: { daily: 1_000 } }
  must(await updatePartner(pat, { id: record.id, ...settings }))
}

/** A seller with a flow, an invited buyer with a sandbox destination, a source, an API key, and a day's first leads. */
export async function buildDemo(): Promise<DemoSummary> {
  const pat = await actorOf(must(await signUp(seller, { operator: false })))
  const { key } = must(await createApiKey(pat, { name: 'Demo' }))
  const flow = must(await createFlow(pat, { name: 'Insurance Leads – California' }))
  const shared = ['first_name', 'last_name', 'email', 'phone_1', 'city', 'state', 'postal_code', 'credit_score']
  must(
    await saveDraft(pat, {
      flowId: flow.id,
      document: demoDocument(shared, sandboxUrl('reject', { reason: 'Already a customer' })),
    }),
  )
  must(
    await createInvitation(pat, {
      email: buyerEmail,
      purpose: 'send_leads',
      message:
        'Please configure your endpoint for receiving California insurance leads. Expected volume: 500-1000 leads a day.',
      flow_id: flow.id,
      step_id: 'premium',
      shared_fields: shared,
    }),
  )
  const accepted = must(await acceptAsNewAccount({ token: await mailedToken(), ...buyer }))
  await setUpBuyer(accepted.connectionId, await actorOf(accepted))
  await keepPartner(pat)
  must(await publishFlow(pat, { flowId: flow.id }))
  must(await setStepActive(pat, { flowId: flow.id, stepId: 'premium', active: true }))
  const source = must(await createSource(pat, { flowId: flow.id, name: 'Web form' }))
  await submitDemoLeads(source.submitUrl)
  return {
    signIns: [
      { label: 'Seller', email: seller.email, password },
      { label: 'Buyer', email: buyerEmail, password },
    ],
    apiKey: key,
    curl: `curl ${env().baseUrl}/flows/${flow.id}/sources/${source.id}/submit \\
  -d first_name=Ana -d last_name=Garcia -d email=ana.garcia@example.com \\
  -d phone_1=5127891111 -d city=Sacramento -d state=CA -d postal_code=95814 -d dob=1988-04-12`,
  }
}
