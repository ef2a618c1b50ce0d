import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'
import { hashOf } from './hash.mjs'

const entries = ['main', 'prepare', 'intake', 'web', 'worker']
const marker = 'dist/sources'

/** Bundles server/ to dist/ when its sources have changed since the last time. */
export async function bundleServer() {
  const hash = hashOf(['server', 'lib', 'db', 'package-lock.json', 'tsconfig.json', 'scripts'])
  if (existsSync(marker) && readFileSync(marker, 'utf8') === hash) return
  const fresh = 'dist.new'
  rmSync(fresh, { recursive: true, force: true })
  await build({
    entryPoints: entries.map((name) => `server/${name}.ts`),
    outdir: fresh,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    alias: { 'server-only': './server/empty.ts' },
    jsx: 'automatic',
    sourcemap: true,
    logLevel: 'warning',
  })
  // Put in place when complete: a failed build leaves the last good one.
  rmSync('dist', { recursive: true, force: true })
  renameSync(fresh, 'dist')
  writeFileSync(marker, hash)
}
