import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const run = (command, args) => spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0

function ofSystem() {
  const set = process.env.BATON_CHROMIUM
  return [...(set ? [set] : []), ...usual].find((path) => existsSync(path))
}

function ofPlaywright() {
  const path = chromium.executablePath()
  return existsSync(path) ? path : undefined
}

function installPackage() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  process.stdout.write("Installing Debian's chromium.\n")
  run('apt-get', ['update', '-qq'])
  const env = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get']
  return run(env[0], [...env.slice(1), 'install', '-y', '-qq', '--no-install-recommends', 'chromium'])
    ? ofSystem()
    : undefined
}

function download() {
  process.stdout.write("Getting Playwright's Chromium.\n")
  return run(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'])
    ? ofPlaywright()
    : undefined
}

/** Path of a Chromium: the system's, else Playwright's own, else Debian's package when root. */
export function findChromium() {
  const found = ofSystem() ?? ofPlaywright() ?? download() ?? installPackage()
  if (found) return found
  throw new Error(
    'There is no Chromium for the browser tests and none could be installed. Install one (Debian: apt-get install chromium) or set BATON_CHROMIUM to its path.',
  )
}
