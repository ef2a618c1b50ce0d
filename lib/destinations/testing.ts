import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { must } from '../../db/testing/index'
import type { Actor } from '../actor'
import { acknowledgeTest, createDestination, goLive, testDestination } from './index'
import type { CreateDestinationInput, DestinationView } from './schema'

export const token = 'tok_live_9f8e7d6c5b4a'

type Received = { url: string; headers: IncomingHttpHeaders; body: Record<string, unknown> }
type Reply = { status: number; body: unknown }

/** A buyer's system on loopback. What it answers can be changed; what it received can be looked at. */
export async function aBuyerSystem(reply: Reply = { status: 200, body: { status: 'accepted', lead_id: 'crm-1' } }) {
  const system = { reply, received: [] as Received[], url: '' }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      system.received.push({ url: request.url ?? '', headers: request.headers, body: JSON.parse(body || '{}') })
      response
        .writeHead(system.reply.status, { 'content-type': 'application/json' })
        .end(JSON.stringify(system.reply.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  system.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/intake?campaign=77`
  return system
}

type Webhook = Extract<CreateDestinationInput, { integration: 'webhook' }>

export const webhook = (url: string, given: Partial<Webhook> = {}): Webhook => ({
  name: 'Our CRM',
  integration: 'webhook',
  insecureConfirmed: true,
  config: {
    endpoint: { url, auth: { type: 'bearer', token }, headers: { 'X-Partner-Code': 'partner-code-4711' } },
    request: {
      mappings: {
        id: '{{event_id}}',
        mail_of_person: '{{lead.email}}',
        tel: '{{lead.phone_1}}',
        test: '{{test_mode}}',
      },
    },
    response: {
      success_codes: [200],
      parser: {
        success_path: 'status',
        success_value: 'accepted',
        id_path: 'lead_id',
        reason_path: 'rejection_reason',
      },
    },
  },
  ...given,
})

/** A destination that has been tested, acknowledged and let in. */
export async function aLiveDestination(
  buyer: Actor,
  url: string,
  given: Partial<Webhook> = {},
): Promise<DestinationView> {
  const made = must(await createDestination(buyer, webhook(url, given)))
  must(await testDestination(buyer, { id: made.id }))
  must(await acknowledgeTest(buyer, { id: made.id }))
  must(await goLive(buyer, { id: made.id }))
  return made
}
