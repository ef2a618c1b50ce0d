import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { hashOf } from './hash.mjs'

const sources = [
  ...['app', 'components', 'lib', 'db', 'public', 'proxy.ts', 'instrumentation-client.ts', 'instrumentation.ts'],
  ...['next.config.ts', 'postcss.config.mjs', 'tsconfig.json', 'package-lock.json'],
]
const marker = '.next/sources'

/** Builds the pages when they were never built or their sources have changed since. */
export async function buildPages() {
  const hash = hashOf(sources)
  if (existsSync('.next/BUILD_ID') && existsSync(marker) && readFileSync(marker, 'utf8') === hash) return
  process.stderr.write('Building the pages. This takes a minute, once.\n')
  const args = ['node_modules/next/dist/bin/next', 'build']
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = []
  child.stdout.on('data', (text) => said.push(text))
  child.stderr.on('data', (text) => said.push(text))
  const code = await new Promise((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`The pages could not be built.\n${Buffer.concat(said)}`)
  writeFileSync(marker, hash)
}
