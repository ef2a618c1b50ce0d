import { createServer, type IncomingMessage } from 'node:http'
import postgres from 'postgres'
import { Pool } from 'undici'
import { uuidv7 } from '../lib/ids'
import { createBatcher } from '../lib/runs/index'

/*
 * The bare loop that Baton is measured against: Node's http server, one batched insert, one call to the buyer, another
 * batched insert, the answer. No typing, rules, templates, guard, trace, rollups or recovery.
 */
const sql = postgres(process.argv[2] ?? '', { max: 4, onnotice: () => {} })
const buyer = new Pool(process.argv[3] ?? '', { connections: 64 })

await sql`create table if not exists bare_leads (id uuid primary key, account_id uuid, data jsonb)`
await sql`create table if not exists bare_events (id uuid primary key, lead_id uuid, outcome text, answer text)`

type Lead = { id: string; body: string }
const leads = createBatcher<Lead, void>(
  async (rows) => {
    await sql.unsafe(
      `insert into bare_leads (id, data) select * from unnest($1::uuid[], $2::text[]::jsonb[])`,
      [rows.map((row) => row.id), rows.map((row) => row.body)],
      { prepare: true },
    )
    return rows.map(() => undefined)
  },
  { flushers: 2, most: 200, isOneItems: () => false },
)
const events = createBatcher<{ leadId: string; answer: string }, void>(
  async (rows) => {
    await sql.unsafe(
      `insert into bare_events (id, lead_id, outcome, answer) select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[])`,
      [
        rows.map(() => uuidv7()),
        rows.map((row) => row.leadId),
        rows.map(() => 'accepted'),
        rows.map((row) => row.answer),
      ],
      { prepare: true },
    )
    return rows.map(() => undefined)
  },
  { flushers: 2, most: 200, isOneItems: () => false },
)

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const server = createServer((request, response) => {
  void (async () => {
    const id = uuidv7()
    const lead = JSON.parse(await textOf(request)) as unknown
    await leads.add({ id, body: JSON.stringify(lead) })
    const answer = await buyer.request({
      path: '/leads',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(lead),
    })
    await events.add({ leadId: id, answer: await answer.body.text() })
    response.writeHead(201, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ outcome: 'success', lead: { id }, price: 0 }))
  })()
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as { port: number }).port}\n`))
process.on('disconnect', () => process.exit())
