import { bundleServer } from './bundle.mjs'
import { buildPages } from './pages.mjs'

// npm run build, and the first half of npm start.
try {
  await bundleServer()
  await buildPages()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exit(1)
}
