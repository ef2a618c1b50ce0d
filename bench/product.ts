import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'

// Inside the tree, so that the packages are found.
const built = 'node_modules/.cache/baton-bench'

/** Where a program of this folder is once `bundleScripts` has made it. */
export const script = (name: string): string => join(built, `${name}.mjs`)

/** Bundles programs of this folder, so that each starts as a process of its own without a compiler. */
export const bundleScripts = (...names: string[]): Promise<unknown> =>
  build({
    entryPoints: names.map((name) => `bench/${name}.ts`),
    outdir: built,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    alias: { 'server-only': './server/empty.ts' },
    // Names keep their folders: bench/chaos/set-up.ts becomes chaos/set-up.mjs.
    outbase: 'bench',
  })

export const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)

/** The processes of the product by their role, under the supervisor that started them. */
export function rolesOf(supervisor: number): Map<string, number> {
  const roles = new Map<string, number>()
  for (const pid of childrenOf(supervisor)) {
    const role = /dist\/(\w+)\.js/.exec(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))?.[1]
    if (role) roles.set(role, pid)
  }
  return roles
}

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

export type Seller = { base: string; key: string; email: string; password: string }

/** A company of its own, made through the public API of the product at `base`. */
export async function signUp(base: string, company: string): Promise<Seller> {
  const login = { email: `${company.toLowerCase()}@example.com`, password: 'bench-password-1' }
  const { api_key: key } = await call(base, undefined, 'POST', '/signup', { company, name: company, ...login })
  return { base, key: String(key), ...login }
}

/** A published flow of this document with one source. Answers the path to submit leads to. */
export async function aLiveFlow({ base, key }: Seller, name: string, document: Json): Promise<string> {
  const { id } = await call(base, key, 'POST', '/flows', { name })
  await call(base, key, 'PUT', `/flows/${id}/draft`, document)
  await call(base, key, 'POST', `/flows/${id}/publish`)
  const source = await call(base, key, 'POST', `/flows/${id}/sources`, { name: 'Bench' })
  return new URL(String(source['submit_url'])).pathname
}

const mappings = Object.fromEntries(
  ['first_name', 'last_name', 'email', 'phone_1', 'city', 'state', 'postal_code', 'dob', 'credit_score', 'source'].map(
    (name) => [name, `{{lead.${name}}}`],
  ),
)

/** A buyer on loopback; `more` replaces parts of the step. */
export const aBuyerStep = (id: string, url: string, more: Json = {}): Json => ({
  id,
  type: 'buyer',
  name: id,
  connection: {
    method: 'manual',
    endpoint: {
      url,
      auth: { type: 'bearer', token: 'bench-token-1' },
      headers: { 'x-partner-id': 'p_123' },
    },
    request: {
      mappings: {
        event_id: '{{event_id}}',
        name: '{{lead.first_name}} {{lead.last_name}}',
        ...mappings,
      },
    },
    response: {
      success_codes: [200, 201],
      parser: { type: 'json', success_path: 'status', success_value: 'accepted', id_path: 'lead_id' },
    },
  },
  rules: { active: true, price: 45 },
  ...more,
})

/** Criteria, a filter, and then these steps: what most flows have before their buyers. */
export const aDocument = (...steps: Json[]): Json => ({
  acceptance: { rule: "lead.state in ['CA', 'TX'] && lead.email.valid", reason: 'Not bought here' },
  steps: [
    { id: 'adults', type: 'filter', name: 'Adults only', stop_when: 'lead.dob.age < 18', reason: 'Must be 18' },
    ...steps,
  ],
})
