import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

// Who may import what. A run that read nothing would pass, so it has to have read something.
const folders = ['app', 'components', 'db', 'lib', 'server', 'bench', 'e2e', 'proxy.ts'].filter((path) =>
  existsSync(path),
)
const result = spawnSync(process.execPath, ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', ...folders], {
  encoding: 'utf8',
})
const said = `${result.stdout}${result.stderr}`
const modules = Number(/(\d+) modules/.exec(said)?.[1] ?? 0)
process.stdout.write(said)
if (modules === 0) process.stdout.write('No modules were read.\n')
process.exit(result.status || (modules === 0 ? 1 : 0))
