import { Pool } from 'undici'

/*
 * Sends leads to one URL of this machine and prints one JSON line: `closed` keeps `clients` requests under way,
 * `open` starts `rate` a second whatever the answers do. Both are bounded by seconds, and stop by themselves.
 */
export type LoadOptions = {
  url: string
  kind: 'closed' | 'open'
  clients: number
  rate: number
  seconds: number
  /** Fields that differ from the usual lead. */
  lead?: Record<string, string>
}
export type LoadResult = { count: number; perSecond: number; p50: number; p95: number; p99: number; bad: number }

const options = JSON.parse(process.argv[2] ?? '{}') as LoadOptions
const url = new URL(options.url)
const pool = new Pool(url.origin, { connections: Math.max(options.clients, 64) })
const latencies: number[] = []
let bad = 0
let sequence = 0
const run = Date.now().toString(36)

const leadOf = (number: number) =>
  JSON.stringify({
    first_name: 'Ana',
    last_name: 'García',
    email: `lead-${run}-${number}@example.com`,
    phone_1: `512${String(2_000_000 + (number % 7_999_999)).padStart(7, '0')}`,
    address_1: '12 Main Street',
    city: 'Austin',
    state: 'TX',
    postal_code: '78704',
    dob: '1988-04-12',
    ip_address: '203.0.113.9',
    credit_score: '712',
    source: 'bench',
    utm_campaign: 'spring',
    landing_page: 'https://quotes.example.com/auto?x=1',
    trustedform_cert_url: 'https://cert.trustedform.com/250218c791b1431b0650fc9daae1332bce7a51af',
    ...options.lead,
  })

async function send(): Promise<void> {
  const started = performance.now()
  try {
    const answer = await pool.request({
      path: `${url.pathname}${url.search}`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: leadOf(sequence++),
    })
    const text = await answer.body.text()
    if (answer.statusCode !== 201 || !text.includes('"success"')) bad++
  } catch {
    bad++
  }
  latencies.push(performance.now() - started)
}

async function closed(until: number): Promise<void> {
  const client = async () => {
    while (performance.now() < until) await send()
  }
  await Promise.all(Array.from({ length: options.clients }, client))
}

async function open(until: number): Promise<void> {
  const started = performance.now()
  const underWay: Promise<void>[] = []
  for (let index = 0; performance.now() < until; index++) {
    const due = started + (index * 1000) / options.rate
    const wait = due - performance.now()
    if (wait > 0.5) await new Promise((resolve) => setTimeout(resolve, wait))
    underWay.push(send())
  }
  await Promise.all(underWay)
}

const started = performance.now()
const until = started + options.seconds * 1000
await (options.kind === 'closed' ? closed(until) : open(until))
const elapsed = (performance.now() - started) / 1000
latencies.sort((a, b) => a - b)
const at = (share: number) => Math.round((latencies[Math.floor((latencies.length - 1) * share)] ?? 0) * 100) / 100
const result: LoadResult = {
  count: latencies.length,
  perSecond: Math.round(latencies.length / elapsed),
  p50: at(0.5),
  p95: at(0.95),
  p99: at(0.99),
  bad,
}
process.stdout.write(`${JSON.stringify(result)}\n`)
await pool.close()
