import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { findChromium } from './chromium.mjs'

// npm test: everything, in order of how soon it fails; each step runs even when one before it has failed.
const results = 'test-results'
const bin = (path) => `node_modules/${path}`
let passed = 0
let failed = 0

function step(name, args, env = {}) {
  process.stdout.write(`\n── ${name}\n`)
  return spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status === 0
}

function count(succeeded) {
  if (succeeded) passed++
  else failed++
}

const check = (name, args) => count(step(name, args))

/** A step beside others: what it says is shown when it has ended. */
async function checkBeside(name, args) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const said = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => said.push(text))
  const code = await new Promise((resolve) => child.once('close', resolve))
  process.stdout.write(`\n── ${name}\n${Buffer.concat(said)}`)
  count(code === 0)
}

/** Counts what a runner wrote to its JSON file; a runner that ended badly without a failed test is one itself. */
function tally(succeeded, read) {
  let counts = { passed: 0, failed: 0 }
  try {
    counts = read()
  } catch {}
  passed += counts.passed
  failed += counts.failed
  if (!succeeded && counts.failed === 0) failed++
}

function vitest(project) {
  const file = `${results}/${project}.json`
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const succeeded = step(`${project} tests`, [bin('vitest/vitest.mjs'), 'run', '--project', project, ...reporters])
  tally(succeeded, () => {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    return { passed: report.numPassedTests, failed: report.numFailedTests }
  })
}

function browserTests() {
  const file = `${results}/browser.json`
  const env = { BATON_CHROMIUM: findChromium(), BATON_E2E_REPORT: file }
  const succeeded = step('browser tests', [bin('@playwright/test/cli.js'), 'test'], env)
  tally(succeeded, () => {
    const { stats } = JSON.parse(readFileSync(file, 'utf8'))
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected }
  })
}

rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

check('route types', [bin('next/dist/bin/next'), 'typegen'])
await Promise.all([
  checkBeside('types', [bin('typescript/bin/tsc'), '--noEmit']),
  checkBeside('lint and format', [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings'])
    .then(() => checkBeside('boundaries', ['scripts/boundaries.mjs']))
    .then(() => checkBeside('unused code', [bin('knip/bin/knip.js')])),
])
vitest('unit')
vitest('integration')
check('build', ['scripts/build.mjs'])
try {
  browserTests()
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : error}\n`)
  failed++
}

process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exit(failed === 0 ? 0 : 1)
