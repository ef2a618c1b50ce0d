import { bundleServer } from './bundle.mjs'
import { buildPages } from './pages.mjs'

// npm start: plain JavaScript, because nothing is built when it runs for the first time.
try {
  await bundleServer()
  if (!process.argv.includes('--dev')) await buildPages()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exit(1)
}
await import('../dist/main.js')
