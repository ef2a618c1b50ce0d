import { spawnSync } from 'node:child_process'
import { bundleServer } from './bundle.mjs'

// npm run chaos: the server's bundle is all it needs; no pages are asked for.
await bundleServer()
const args = ['node_modules/tsx/dist/cli.mjs', 'bench/chaos/main.ts', ...process.argv.slice(2)]
process.exit(spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1)
