import {
  advance,
  compileFlow,
  compileSource,
  FlowDocument,
  type Mappings,
  MemoryCounters,
  type Nested,
  type RequestFormat,
  type Run,
  renderRequest,
  SourceSettings,
  startRun,
  typeLead,
} from '../lib/engine/index'

/*
 * What the engine costs a lead of 60 fields: typing what was submitted, and mapping and building one request, in each
 * format; and what deciding costs among 50 buyers. Bundled by main.ts and run in a process of its own;
 * `npx tsx bench/engine.ts` runs it alone. One JSON line a figure.
 */
const types = [
  'string',
  'email',
  'phone',
  'number',
  'date',
  'state',
  'postal_code',
  'boolean',
  'currency',
  'first_name',
] as const
const samples: Record<(typeof types)[number], string> = {
  string: 'Some words & signs',
  email: 'Ana.Garcia@Example.com',
  phone: '(512) 789-1111',
  number: '1,234.5',
  date: '02/05/1980',
  state: 'texas',
  postal_code: '78704-1234',
  boolean: 'yes',
  currency: '$250,000.00',
  first_name: 'ANA',
}

const fields = Array.from({ length: 60 }, (_, index) => ({
  name: `field_${index}`,
  type: types[index % types.length] ?? 'string',
}))
const lead: Nested = Object.fromEntries(fields.map(({ name, type }) => [name, samples[type]]))
const now = Date.UTC(2026, 0, 14)

const plain: Mappings = Object.fromEntries(fields.map(({ name }) => [name, `{{lead.${name}}}`]))
/** Every tenth value nested, changed or conditional, as buyers have it. */
const rich: Mappings = Object.fromEntries(
  fields.map(({ name, type }, index) => {
    const value = `{{lead.${name}}}`
    if (type === 'phone') return [`contact.${name}`, { value, transform: [{ type: 'phone', format: 'e164' }] }]
    if (type === 'date') return [name, { value, transform: [{ type: 'date', format: '%m/%d/%Y' }] }]
    if (type === 'boolean') return [name, { value, when: 'lead.field_3 > 5' }]
    return [index % 10 === 0 ? `list.${index / 10}` : name, value]
  }),
)

type Format = { format: RequestFormat; mappings: Mappings; body?: string }

function flowOf(request: Format) {
  const document = FlowDocument.parse({
    fields,
    steps: [
      {
        id: 'b',
        type: 'buyer',
        name: 'B',
        connection: {
          method: 'manual',
          endpoint: { url: 'https://b.example.com/leads' },
          request: { ...request, root: 'lead', soap: { operation: 'Add', namespace: 'urn:x' } },
        },
      },
    ],
  })
  return compiled(document)
}

function compiled(document: FlowDocument) {
  const flow = compileFlow({
    document,
    version: 1,
    targets: {},
    flow: { id: 'f', accountId: 'a', name: 'F', timeZone: 'UTC' },
  })
  return { flow, source: compileSource(flow, { id: 's', name: 'S', settings: SourceSettings.parse({}) }) }
}

/** A distribution over 50 buyers that are all eligible: each has a rule, opening hours in its zone and three caps. */
function marketOf(strategy: 'priority' | 'weighted') {
  const zones = ['America/New_York', 'America/Chicago', 'America/Los_Angeles', 'Europe/London']
  const buyers = Array.from({ length: 50 }, (_, index) => ({
    id: `b${index}`,
    type: 'buyer' as const,
    name: `Buyer ${index}`,
    weight: index + 1,
    connection: {
      method: 'manual' as const,
      endpoint: { url: `https://b${index}.example.com/leads` },
      request: { mappings: { email: '{{lead.field_1}}' } },
    },
    eligible_when: "lead.field_5 == 'TX' && lead.field_3 > 650",
    conditional_delivery: {
      time_restrictions: { timezone: zones[index % zones.length], hours: { start: '00:00', end: '24:00' } },
      caps: { hourly: 1_000_000, daily: 1_000_000, monthly_spend: 1_000_000, timezone: zones[index % zones.length] },
    },
  }))
  const auction = { id: 'auction', type: 'distribution' as const, name: 'Auction', strategy, buyers }
  return compiled(FlowDocument.parse({ fields, steps: [auction] }))
}

/** From the lead that came in to the end of its run: who is asked, the counters' answer, the sale, why not the others. */
function costOfDeciding(strategy: 'priority' | 'weighted'): number {
  const made = marketOf(strategy)
  const { flow, source } = made
  const counters = new MemoryCounters()
  const typed = begun(made, now)
  let at = now
  return measured(() => {
    // Leads come one by one: each has a moment of its own.
    at += 7
    const run = { ...typed, receivedAt: at }
    const asked = advance(flow, source, run, { kind: 'start', now: at, nextEventId: 'e1' })
    const [effect] = asked.effects
    if (effect?.kind !== 'reserve') throw new Error('the counters are not asked')
    const reserved = counters.reserve(effect.ask, run.leadId, at)
    const common = { eventId: 'e1', now: at, nextEventId: 'e1' }
    const granted = advance(flow, source, asked.run, { kind: 'reserved', reserved, ...common })
    const verdict = { outcome: 'accepted' as const }
    const ended = advance(flow, source, granted.run, { kind: 'answered', verdict, ...common })
    if (ended.effects[0]?.kind !== 'settle') throw new Error('the lead is not sold')
  })
}

/** Microseconds of processor time of the middle round of many: other programs on the machine do not count. */
function measured(work: () => unknown): number {
  const rounds: number[] = []
  for (let round = 0; round < 40; round++) {
    const before = process.cpuUsage()
    for (let turn = 0; turn < 200; turn++) work()
    const { user, system } = process.cpuUsage(before)
    rounds.push((user + system) / 200)
  }
  return Math.round(rounds.sort((a, b) => a - b)[20] ?? 0)
}

type Made = ReturnType<typeof flowOf>

const begun = ({ flow, source }: Made, at: number): Run =>
  startRun({
    leadId: '0197c7a2-0000-7000-8000-000000000001',
    isTest: false,
    receivedAt: at,
    random: 42,
    lead: typeLead(flow, source, lead, at),
    submission: { ip: '203.0.113.9', userAgent: 'Browser' },
    source: { id: 's', name: 'S' },
  })

function costOf(request: Format): { typing: number; building: number } {
  const made = flowOf(request)
  const { flow, source } = made
  const run = begun(made, now)
  return {
    typing: measured(() => typeLead(flow, source, lead, now)),
    building: measured(() => renderRequest(flow, run, { stepId: 'b', eventId: 'e', now })),
  }
}

const body = `{${fields.map(({ name }) => `"${name}":{{lead.${name}}}`).join(',')}}`
const filtered = body
  .replaceAll('{{lead.field_7}}', '{% if lead.field_7 %}{{lead.field_7}}{% else %}null{% endif %}')
  .replaceAll('9}}', '9 | upcase }}')
const costs = {
  json_flat: costOf({ format: 'json', mappings: plain }),
  json: costOf({ format: 'json', mappings: rich }),
  xml: costOf({ format: 'xml', mappings: rich }),
  form: costOf({ format: 'form', mappings: rich }),
  query: costOf({ format: 'query', mappings: rich }),
  soap11: costOf({ format: 'soap11', mappings: rich }),
  json_template: costOf({ format: 'json', mappings: {}, body }),
  json_template_with_filters: costOf({ format: 'json', mappings: {}, body: filtered }),
}
const most = Math.max(...Object.values(costs).map(({ typing, building }) => typing + building))
process.stdout.write(
  `${JSON.stringify({
    figure: 'engine: typing, mapping and building a lead of 60 fields',
    unit: 'µs',
    typing: costs.json_flat.typing,
    building: Object.fromEntries(Object.entries(costs).map(([name, { building }]) => [name, building])),
    most,
    goal: 300,
  })}\n`,
)
const deciding = { priority: costOfDeciding('priority'), weighted: costOfDeciding('weighted') }
process.stdout.write(
  `${JSON.stringify({
    figure: 'engine: a distribution over 50 eligible buyers with rules, hours and caps',
    unit: 'µs',
    ...deciding,
    most: Math.max(...Object.values(deciding)),
    goal: 300,
  })}\n`,
)
