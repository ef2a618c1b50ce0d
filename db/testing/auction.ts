import type { FlowDocumentInput } from '../../lib/engine/index'
import { aManualStep } from './flows'
import { type aPeer, says } from './peer'

type Peer = Awaited<ReturnType<typeof aPeer>>
type Handle = Parameters<Peer['now']>[0]

/** Bids when it is pinged, and takes the lead when it gets it. */
export const bids = (price: number): Handle =>
  says(200, { status: 'accepted', lead_id: 'b-1', price, ping_id: `ref-${price}` })

const isPing = ({ path }: { path: string }) => path === '/ping'
export const pingsOf = ({ received }: Peer) => received.filter(isPing)
export const postsOf = ({ received }: Peer) => received.filter((one) => !isPing(one))

/** Answers pings in one way and deliveries in another. */
export const onPing =
  (pinged: Handle, posted: Handle): Handle =>
  (request, response) =>
    (isPing(request) ? pinged : posted)(request, response)

/** A buyer step that is pinged with the state, and gets the lead with the reference of its ping. */
export function aPingedStep(name: string, { url }: Peer) {
  const step = aManualStep({ id: name.toLowerCase(), name, url })
  const mappings = { ...step.connection.request.mappings, ping: '{{ping.id}}', bid: '{{ping.price}}' }
  return {
    ...step,
    connection: { ...step.connection, request: { mappings } },
    ping: {
      endpoint: { url: url.replace('/leads', '/ping') },
      request: { mappings: { state: '{{lead.state}}' } },
      response: {
        success_codes: [200],
        parser: {
          success_path: 'status',
          success_value: 'accepted',
          price_path: 'price',
          id_path: 'ping_id',
          reason_path: 'rejection_reason',
        },
      },
    },
  }
}

type Steps = NonNullable<FlowDocumentInput['steps']>

/** A flow that sells to the highest bid. */
export const anAuction = (
  buyers: readonly object[],
  more: object = {},
  flow: Omit<FlowDocumentInput, 'steps'> = {},
): FlowDocumentInput => ({
  ...flow,
  steps: [
    { id: 'auction', type: 'distribution', name: 'Auction', strategy: 'highest_price', buyers, ...more },
  ] as unknown as Steps,
})
