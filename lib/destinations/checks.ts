import type { Delivery } from '../delivery/index'
import type { Check, DestinationConfig, DestinationTest, OutgoingRequest, Verdict } from '../engine/index'
import { formatMoney } from '../money'

type Sent = { config: DestinationConfig; request: OutgoingRequest; delivery: Delivery }
type Tested = Sent & { expected: Verdict['outcome'] }

const leadSent = 'sent the lead'
const pingSent = 'asked for a bid'

const check = (name: string, passed: boolean, right: string, wrong: string): Check => ({
  name,
  passed,
  message: passed ? right : wrong,
})

const reached = ({ request }: Sent, what: string): Check => {
  const { host } = new URL(request.url)
  return { name: 'Reached', passed: true, message: `Connected to ${host} and ${what}.` }
}

/** What was found out when nothing came back. */
function unanswered(sent: Sent, what: string): Check[] {
  const { verdict } = sent.delivery
  if (verdict.outcome !== 'unknown') {
    const { host } = new URL(sent.request.url)
    return [{ name: 'Reached', passed: false, message: verdict.reason ?? `Could not reach ${host}.` }]
  }
  return [
    reached(sent, what),
    { name: 'Answered in time', passed: false, message: verdict.reason ?? 'No answer came before the deadline.' },
  ]
}

const inTime = ({ delivery }: Sent): Check => {
  const message = `Answered in ${Math.round(delivery.timings.totalMs)} ms.`
  return { name: 'Answered in time', passed: true, message }
}

function answered(tested: Tested, status: number): Check[] {
  const { config, delivery, expected } = tested
  const { verdict } = delivery
  const codes = config.response.success_codes
  const asTold = expected !== 'accepted' && verdict.outcome === expected
  const reason = verdict.reason ? `: ${verdict.reason}` : '.'
  return [
    reached(tested, leadSent),
    inTime(tested),
    check(
      'Success code',
      asTold || codes.includes(status),
      `Answered with status ${status}.`,
      `${verdict.alert ?? `Answered with status ${status}`}; a lead counts as taken with ${codes.join(', ')}.`,
    ),
    check(
      'Answer understood',
      verdict.outcome === expected,
      asTold ? `The lead was ${expected}, as it should be${reason}` : 'The answer says that the lead was accepted.',
      `The answer does not say that the lead was accepted${reason}`,
    ),
  ]
}

function mapped({ config, request }: Tested): Check[] {
  if (!config.required_fields.length) return []
  const { mappings, conditional_mappings: conditional = [] } = config.request
  const keys = [mappings, ...conditional.map((each) => each.mappings)].flatMap((each) => Object.keys(each))
  const known = new Set([...request.sentFields, ...keys])
  const missing = config.required_fields.filter((field) => !known.has(field))
  return [
    check(
      'Required fields mapped',
      missing.length === 0,
      'Every required field was sent.',
      `Not sent although required: ${missing.join(', ')}. Map them, or do not require them.`,
    ),
  ]
}

/** What a test lead showed, line by line, in words for the buyer. It passed when every line did. */
export function checksOf(tested: Tested): Check[] {
  const { response } = tested.delivery
  return [...(response ? answered(tested, response.status) : unanswered(tested, leadSent)), ...mapped(tested)]
}

/** What the answer to a ping bids, in words. */
function bidCheck({ config, delivery }: Sent): Check {
  const { outcome, priceCents, buyerLeadId: reference, reason } = delivery.verdict
  const under = reference === undefined ? '' : `, under the reference ${reference}`
  const named = (message: string): Check => ({ name: 'Bid', passed: true, message: `${message}${under}.` })
  const none = (message: string): Check => ({ name: 'Bid', passed: false, message })
  if (outcome !== 'accepted') return none(`The answer bids nothing${reason === undefined ? '.' : `: ${reason}`}`)
  if (priceCents) return named(`Bids ${formatMoney(priceCents)}`)
  if (config.response.parser?.price_path)
    return none(priceCents === 0 ? 'The answer bids 0.' : 'There is no price where it was looked for in the answer.')
  return named('Bids without a price of its own: the one of the seller’s step counts')
}

/** What a test ping showed, line by line. */
export function pingChecksOf(sent: Sent): Check[] {
  const { response, verdict } = sent.delivery
  if (!response) return unanswered(sent, pingSent)
  const codes = sent.config.response.success_codes
  const message = `${verdict.alert ?? `Answered with status ${response.status}`}; a bid comes with ${codes.join(', ')}.`
  const right = `Answered with status ${response.status}.`
  const code = check('Success code', codes.includes(response.status), right, message)
  return [reached(sent, pingSent), inTime(sent), code, ...(code.passed ? [bidCheck(sent)] : [])]
}

/** The lines that failed, those of the ping before it under its name. */
export const failedChecks = ({ checks, ping }: DestinationTest): Check[] => [
  ...(ping?.checks ?? []).flatMap((one) => (one.passed ? [] : [{ ...one, name: `Ping: ${one.name}` }])),
  ...checks.filter(({ passed }) => !passed),
]
