import type { Delivery } from '../delivery/index'
import type { Check, DestinationConfig, OutgoingRequest, Verdict } from '../engine/index'

type Tested = { config: DestinationConfig; request: OutgoingRequest; delivery: Delivery; expected: Verdict['outcome'] }

const check = (name: string, passed: boolean, right: string, wrong: string): Check => ({
  name,
  passed,
  message: passed ? right : wrong,
})

/** What was found out when nothing came back. */
function unanswered({ delivery, request }: Tested): Check[] {
  const { verdict } = delivery
  const { host } = new URL(request.url)
  if (verdict.outcome !== 'unknown') {
    return [{ name: 'Reached', passed: false, message: verdict.reason ?? `Could not reach ${host}.` }]
  }
  return [
    { name: 'Reached', passed: true, message: `Connected to ${host} and sent the lead.` },
    { name: 'Answered in time', passed: false, message: verdict.reason ?? 'No answer came before the deadline.' },
  ]
}

function answered({ config, request, delivery, expected }: Tested, status: number): Check[] {
  const { verdict, timings } = delivery
  const { host } = new URL(request.url)
  const codes = config.response.success_codes
  const asTold = expected !== 'accepted' && verdict.outcome === expected
  const reason = verdict.reason ? `: ${verdict.reason}` : '.'
  return [
    { name: 'Reached', passed: true, message: `Connected to ${host} and sent the lead.` },
    { name: 'Answered in time', passed: true, message: `Answered in ${Math.round(timings.totalMs)} ms.` },
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
  return [...(response ? answered(tested, response.status) : unanswered(tested)), ...mapped(tested)]
}
