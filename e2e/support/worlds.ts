import { call } from './api'
import { linkIn, mailTo } from './outbox'
import { anAccount, type Person, somebody } from './people'

/** What tests need before they begin, made by the API as a user's own script would. */

type Step = Record<string, unknown> & { id: string }

const fields = [
  { name: 'first_name', type: 'first_name' },
  { name: 'last_name', type: 'last_name' },
  { name: 'email', type: 'email', required: true },
  { name: 'phone_1', type: 'phone' },
  { name: 'state', type: 'state' },
]

const parser = { type: 'json', success_path: 'status', success_value: 'accepted', reason_path: 'reason' }
const mappings = { event_id: '{{event_id}}', email: '{{lead.email}}', state: '{{lead.state}}', test: '{{test_mode}}' }

/** A buyer that the seller configured by hand, with more mappings if need be. */
export const aManualStep = (url: string, more: Record<string, string> = {}): Step => ({
  id: 'coastal',
  type: 'buyer',
  name: 'Coastal Mutual',
  connection: {
    method: 'manual',
    endpoint: { url },
    request: { mappings: { ...mappings, ...more } },
    response: { success_codes: [200, 201], parser },
  },
  rules: { active: true, price: 30 },
})

/** A buyer that is to be invited. */
export const anInvitedStep = (): Step => ({
  id: 'premium',
  type: 'buyer',
  name: 'Premium Insurance Buyer',
  connection: { method: 'invite', shared_fields: ['first_name', 'last_name', 'email', 'state'] },
  rules: { active: false, price: 45 },
})

export type Seller = Awaited<ReturnType<typeof aSeller>>

export const aSeller = () => anAccount(somebody('Meridian Leads', 'Pat Doyle'))

/** A flow with nothing in it but what a new one has, and its address in the portal. */
export async function aNewFlow(seller: { key: string }, name: string) {
  const { id } = await call<{ id: string }>(seller.key, 'POST', '/flows', { name })
  return { id, path: `/seller/flows/${id}` }
}

export async function aSource(seller: { key: string }, flowId: string) {
  const made = await call<{ id: string; submit_url: string }>(seller.key, 'POST', `/flows/${flowId}/sources`, {
    name: 'Web form',
  })
  return { sourceId: made.id, submitUrl: made.submit_url }
}

/** A published flow with one source. */
export async function aLiveFlow(seller: { key: string }, steps: Step[], name = 'Insurance Leads') {
  const { id } = await aNewFlow(seller, name)
  await call(seller.key, 'PUT', `/flows/${id}/draft`, { fields, price: { cost: 20 }, steps })
  await call(seller.key, 'POST', `/flows/${id}/publish`)
  return { id, ...(await aSource(seller, id)) }
}

/** Publishes a flow whose steps were set up in the browser and saved, with a buyer after them; answers where to submit. */
export async function goLiveWith(seller: { key: string }, flowId: string, buyer: Step): Promise<string> {
  const { draft } = await call<{ draft: { steps: Step[] } }>(seller.key, 'GET', `/flows/${flowId}`)
  await call(seller.key, 'PUT', `/flows/${flowId}/draft`, { ...draft, steps: [...draft.steps, buyer] })
  await call(seller.key, 'POST', `/flows/${flowId}/publish`)
  return (await aSource(seller, flowId)).submitUrl
}

/** Mails an invitation and answers its link and its id. */
export async function anInvitation(seller: { key: string }, email: string, more: Record<string, unknown> = {}) {
  const body = { email, purpose: 'send_leads', ...more }
  const { id } = await call<{ id: string }>(seller.key, 'POST', '/invitations', body)
  const link = linkIn(await mailTo(email, 'invitation'))
  return { id, link, token: link.split('/').at(-1) ?? '' }
}

type Accepted = { api_key: string; connection: { id: string } }

/** A buyer with an account of its own, connected to the seller by an invitation. */
export async function aConnectedBuyer(seller: { key: string }, more: Record<string, unknown> = {}) {
  const person: Person = somebody('Premium Buyer', 'Casey Reed')
  const { token } = await anInvitation(seller, person.email, more)
  const { company, name, password } = person
  const accepted = await call<Accepted>(undefined, 'POST', `/invitations/by-token/${token}/accept`, {
    ...{ company, name, password },
  })
  return { ...person, key: accepted.api_key, connectionId: accepted.connection.id }
}

/** The buyer's destination, tested and live, and its connection set to deliver there. */
export async function goLive(buyer: { key: string; connectionId: string }, url: string): Promise<void> {
  const { id } = await call<{ id: string }>(buyer.key, 'POST', '/destinations', {
    name: 'Our CRM',
    integration: 'webhook',
    endpoint: { url },
    request: { mappings },
    response: { success_codes: [201], parser },
    insecure_confirmed: true,
  })
  await call(buyer.key, 'POST', `/destinations/${id}/test`, {})
  await call(buyer.key, 'POST', `/destinations/${id}/acknowledge`)
  await call(buyer.key, 'POST', `/destinations/${id}/go-live`)
  await call(buyer.key, 'PUT', `/connections/${buyer.connectionId}/delivery`, { destination_id: id })
}

/** A seller whose live flow delivers to an invited buyer. */
export async function aConnectedPair(url: string) {
  const seller = await aSeller()
  const flow = await aLiveFlow(seller, [anInvitedStep()])
  const invited = { flow_id: flow.id, step_id: 'premium', shared_fields: ['first_name', 'last_name', 'email', 'state'] }
  const buyer = await aConnectedBuyer(seller, invited)
  await goLive(buyer, url)
  // The step's connection stands in the draft since the invitation.
  await call(seller.key, 'POST', `/flows/${flow.id}/publish`)
  await call(seller.key, 'POST', `/flows/${flow.id}/steps/premium/enable`)
  return { seller, buyer, flow }
}
