import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'

/*
 * Runs before each test file is imported, so that `env()`, which reads the environment once, finds what this file
 * needs: its own data folder and the name of the database that `testDatabase()` will make.
 */
const name = `baton_test_${randomBytes(6).toString('hex')}`
const { url } = inject('testServer')
const folder = join(inject('testFolder'), name)
mkdirSync(folder, { recursive: true })

Object.assign(process.env, {
  NODE_ENV: 'test',
  BATON_DATA: folder,
  BATON_LOG: process.env['BATON_LOG'] ?? 'warn',
  BATON_URL: 'http://localhost:3000',
  BATON_EGRESS_ALLOW: '127.0.0.0/8',
  DATABASE_URL: Object.assign(new URL(url), { pathname: `/${name}` }).href,
  DATABASE_POOL: '4',
})
for (const variable of ['RESEND_API_KEY', 'SMTP_URL', 'BATON_KEYS', 'NEXTAUTH_SECRET']) delete process.env[variable]
