import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'

const blank = (value: unknown) => (value === '' ? undefined : value)
const text = z.preprocess(blank, z.string().optional())

const Environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).catch('development'),
  PORT: z.preprocess(blank, z.coerce.number().int().min(0).max(65_535).default(3000)),
  HOST: z.preprocess(blank, z.string().default('0.0.0.0')),
  BATON_URL: z.preprocess(blank, z.url().optional()),
  BATON_DATA: z.preprocess(blank, z.string().default('.baton')),
  BATON_ROLE: z.preprocess(blank, z.enum(['all', 'intake', 'web', 'worker']).default('all')),
  BATON_DEMO: z.preprocess(blank, z.enum(['on', 'off']).default('on')),
  BATON_EGRESS_ALLOW: z.preprocess(blank, z.string().default('')),
  BATON_EGRESS_IPS: z.preprocess(blank, z.string().default('')),
  BATON_KEYS: text,
  BATON_OPERATORS: z.preprocess(blank, z.string().default('')),
  BATON_WEB_SOCKET: text,
  BATON_LOG: z.preprocess(blank, z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info')),
  BATON_MAIL_FROM: z.preprocess(blank, z.string().default('Baton <baton@localhost>')),
  BATON_RUNS_MAX: z.preprocess(blank, z.coerce.number().int().min(1).default(2000)),
  BATON_RUNS_MAX_PER_ACCOUNT: z.preprocess(blank, z.coerce.number().int().min(1).default(1000)),
  DATABASE_URL: text,
  DATABASE_POOL: z.preprocess(blank, z.coerce.number().int().min(2).max(200).default(8)),
  NEXTAUTH_SECRET: text,
  RESEND_API_KEY: text,
  RESEND_BASE_URL: text,
  SMTP_URL: text,
})

/** What the environment says, read and checked once. A wrong value stops the process with the name of the variable. */
export type Env = Readonly<z.infer<typeof Environment>> & {
  dataDir: string
  baseUrl: string
  authSecret: string
  keys: string
}

let parsed: Env | undefined

/**
 * A secret that nobody configured: made once and kept in the data folder, readable by its owner only, so that a
 * restart finds it. `wx` lets one of several processes starting together win; the others read its value.
 */
export function keptSecret(dataDir: string, name: string): string {
  const file = resolve(dataDir, 'secrets', name)
  if (!existsSync(file)) {
    mkdirSync(resolve(dataDir, 'secrets'), { recursive: true, mode: 0o700 })
    try {
      writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 })
      chmodSync(file, 0o600)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  return readFileSync(file, 'utf8').trim()
}

/**
 * Reads `process.env` the first time and answers the same object from then on.
 * `keys` is the key ring `id:base64url[,id:base64url…]`, first one active. `dataDir` is absolute.
 */
export function env(): Env {
  if (parsed) return parsed
  const result = Environment.safeParse(process.env)
  if (!result.success) {
    const wrong = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
    throw new Error(`The environment is not right: ${wrong}`)
  }
  const values = result.data
  const dataDir = resolve(/* turbopackIgnore: true */ values.BATON_DATA)
  parsed = {
    ...values,
    dataDir,
    baseUrl: (values.BATON_URL ?? `http://localhost:${values.PORT}`).replace(/\/+$/, ''),
    get authSecret() {
      return values.NEXTAUTH_SECRET ?? keptSecret(dataDir, 'session')
    },
    get keys() {
      return values.BATON_KEYS ?? `k1:${keptSecret(dataDir, 'master')}`
    },
  }
  return parsed
}
