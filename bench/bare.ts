import { createServer, type IncomingMessage } from 'node:http'
import postgres from 'postgres'
import { Pool } from 'undici'
import { uuidv7 } from '../lib/ids'
import { createBatcher } from '../lib/runs/index'

/*
 * The bare loop that Baton is measured against: Node's http server, one batched insert, one call to the buyer, another
 * batched insert, the answer. No typing, rules, templates, guard, trace, rollups or recovery.
 * Arguments: database, buyer, and `same` for Baton's own tables instead of two narrow ones.
 */
const sql = postgres(process.argv[2] ?? '', { max: 4, onnotice: () => {} })
const buyer = new Pool(process.argv[3] ?? '', { connections: 64 })

await sql`create table if not exists bare_leads (id uuid primary key, account_id uuid, data jsonb)`
await sql`create table if not exists bare_events (id uuid primary key, lead_id uuid, outcome text, answer text)`

type Lead = { id: string; lead: unknown }
type Event = { lead: Lead; answer: string; request: string; startedAt: number }
type Insert<Row> = (rows: Row[]) => Promise<unknown>

const accountId = uuidv7()
const write = (text: string, rows: unknown[]) => sql.unsafe(text, [JSON.stringify(rows)], { prepare: true })

/** Two narrow tables with a primary key each: what a loop needs at the least. */
const narrow: { leads: Insert<Lead>; events: Insert<Event> } = {
  leads: (rows) =>
    write(
      `insert into bare_leads (id, data) select * from json_to_recordset($1::text::json) as x(id uuid, lead jsonb)`,
      rows,
    ),
  events: (rows) =>
    write(
      `insert into bare_events select * from json_to_recordset($1::text::json) as x(id uuid, lead_id uuid, outcome text, answer text)`,
      rows.map(({ lead, answer }) => ({ id: uuidv7(), lead_id: lead.id, outcome: 'accepted', answer })),
    ),
}

/** The rows that Baton keeps of such a lead, in Baton's own partitioned and indexed tables, and nothing besides. */
const same: typeof narrow = {
  leads: (rows) =>
    write(
      `insert into leads (id, account_id, side, is_test, status, data, received_at)
       select id, $2::uuid, 'seller', false, 'processing', lead, now()
       from json_to_recordset($1::text::json) as x(id uuid, lead jsonb)`.replace('$2::uuid', `'${accountId}'::uuid`),
      rows.map(({ id, lead }) => ({ id, lead: asKept(lead) })),
    ),
  events: async (rows) => {
    const events = rows.map(({ lead, answer, request, startedAt }) => ({
      id: uuidv7(),
      lead_id: lead.id,
      ms: Date.now() - startedAt,
      answer: { status: 201, headers: { 'content-type': 'application/json' }, body: answer },
      request: { method: 'POST', url: process.argv[3], headers: { 'content-type': 'application/json' }, body: request },
    }))
    const shape = 'x(id uuid, lead_id uuid, ms integer, request json, answer json)'
    await sql.begin((tx) =>
      Promise.all([
        tx.unsafe(
          `insert into events (id, account_id, lead_id, type, outcome, is_test, name, started_at, duration_ms, detail)
           select id, '${accountId}', lead_id, 'delivery', 'accepted', false, 'Buyer', now(), ms, '{}'
           from json_to_recordset($1::text::json) as ${shape}`,
          [JSON.stringify(events)],
          { prepare: true },
        ),
        tx.unsafe(
          `insert into event_payloads select id, '${accountId}', request::text, answer::text
           from json_to_recordset($1::text::json) as ${shape}`,
          [JSON.stringify(events)],
          { prepare: true },
        ),
      ]),
    )
  },
}

const asKept = (lead: unknown) =>
  Object.fromEntries(Object.entries(lead as object).map(([name, value]) => [name, { type: 'string', value }]))

const tables = process.argv[4] === 'same' ? same : narrow
const batches = { flushers: 2, most: 200, isOneItems: () => false }
const written =
  <Row>(insert: Insert<Row>) =>
  async (rows: Row[]) => {
    await insert(rows)
    return rows.map(() => undefined)
  }
const leads = createBatcher<Lead, undefined>(written(tables.leads), batches)
const events = createBatcher<Event, undefined>(written(tables.events), batches)

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const server = createServer((request, response) => {
  void (async () => {
    const lead = { id: uuidv7(), lead: JSON.parse(await textOf(request)) as unknown }
    await leads.add(lead)
    const startedAt = Date.now()
    const body = JSON.stringify(lead.lead)
    const answer = await buyer.request({
      path: '/leads',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    await events.add({ lead, answer: await answer.body.text(), request: body, startedAt })
    response.writeHead(201, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ outcome: 'success', lead: { id: lead.id }, price: 0 }))
  })()
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as { port: number }).port}\n`))
process.on('disconnect', () => process.exit())
