import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** Starts a program of ours and resolves with the first line it prints that `wanted` accepts. */
export async function startProgram(
  args: string[],
  env: NodeJS.ProcessEnv,
  wanted: (line: string) => string | undefined,
): Promise<{ child: ChildProcess; said: string; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  if (!child.stdout) throw new Error('no output to read')
  const lines = createInterface({ input: child.stdout })
  const said = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code} before it was ready`)))
    lines.on('line', (line) => {
      const found = wanted(line)
      if (found !== undefined) resolve(found)
    })
  })
  const stop = () =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null) return resolve()
      child.once('exit', () => resolve())
      child.kill('SIGTERM')
    })
  return { child, said, stop }
}

/** Runs a program to its end and answers what it printed. */
export async function runProgram(args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  await new Promise<void>((resolve, reject) =>
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${args[0]} ended with ${code}`)))),
  )
  return out
}

type Json = Record<string, unknown>

async function call(base: string, key: string | undefined, method: string, path: string, body?: Json): Promise<Json> {
  const answer = await fetch(`${base}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const said = (await answer.json()) as Json
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(said)}`)
  return said
}

const mappings = Object.fromEntries(
  ['first_name', 'last_name', 'email', 'phone_1', 'city', 'state', 'postal_code', 'dob', 'credit_score', 'source'].map(
    (name) => [name, `{{lead.${name}}}`],
  ),
)

/** A seller with one flow (criteria, a filter, one buyer on loopback) and a source, made through the public API. */
export async function setUpFlow(
  base: string,
  buyerUrl: string,
): Promise<{ submitUrl: string; email: string; password: string }> {
  const [email, password] = ['bench@example.com', 'bench-password-1']
  const { api_key: key } = await call(base, undefined, 'POST', '/signup', {
    company: 'Bench',
    name: 'Bench',
    email,
    password,
  })
  const made = (method: string, path: string, body?: Json) => call(base, String(key), method, path, body)
  const flow = await made('POST', '/flows', { name: 'Bench' })
  await made('PUT', `/flows/${flow['id']}/draft`, {
    acceptance: { rule: "lead.state in ['CA', 'TX'] && lead.email.valid", reason: 'Not bought here' },
    steps: [
      { id: 'adults', type: 'filter', name: 'Adults only', stop_when: 'lead.dob.age < 18', reason: 'Must be 18' },
      {
        id: 'buyer',
        type: 'buyer',
        name: 'Buyer',
        connection: {
          method: 'manual',
          endpoint: {
            url: buyerUrl,
            auth: { type: 'bearer', token: 'bench-token-1' },
            headers: { 'x-partner-id': 'p_123' },
          },
          request: {
            mappings: { event_id: '{{event_id}}', name: '{{lead.first_name}} {{lead.last_name}}', ...mappings },
          },
          response: {
            success_codes: [200, 201],
            parser: { type: 'json', success_path: 'status', success_value: 'accepted', id_path: 'lead_id' },
          },
        },
        rules: { active: true, price: 45 },
        eligible_when: 'lead.credit_score > 650',
      },
    ],
  })
  await made('POST', `/flows/${flow['id']}/publish`)
  const source = await made('POST', `/flows/${flow['id']}/sources`, { name: 'Bench' })
  return { submitUrl: String(source['submit_url']), email, password }
}
