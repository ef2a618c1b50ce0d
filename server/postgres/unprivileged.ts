import { accessSync, constants, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A user of the operating system, by number. */
export type Account = { name: string; uid: number; gid: number }

const preferred = ['baton', 'postgres', 'nobody']

const accountsOfMachine = (): Account[] =>
  readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((parts) => parts.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))

/**
 * Postgres refuses to run as root, so a root process lends it another account: the owner of the cluster when there is
 * one already, else `baton`, `postgres` or `nobody`, whichever the machine has.
 * @param clusterFolder where the cluster is or will be
 * @returns undefined when this process isn't root
 */
export function unprivilegedAccount(clusterFolder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const known = accountsOfMachine()
  const owner = existsSync(clusterFolder) ? statSync(clusterFolder).uid : 0
  const account =
    known.find((candidate) => owner !== 0 && candidate.uid === owner) ??
    preferred.map((name) => known.find((candidate) => candidate.name === name)).find((found) => found !== undefined)
  if (account) return account
  throw new Error(
    'PostgreSQL does not run as root and this machine has no user `nobody`. Start Baton as another user, or set DATABASE_URL.',
  )
}

const traversable = (account: Account, folder: string): boolean => {
  const { mode, uid, gid } = statSync(folder)
  const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
  return (mode & bit) !== 0
}

/** True when every folder on the way to `path` lets `account` through. Judged by modes; access lists are not read. */
export function reachableBy(account: Account, path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder) && !traversable(account, folder)) return false
    if (dirname(folder) === folder) return true
  }
}

/** A folder outside of everybody's home for what an unprivileged account must reach when the checkout is closed to it. */
export function sharedHome(): string {
  const home = '/var/lib/baton'
  try {
    mkdirSync(home, { recursive: true, mode: 0o755 })
    accessSync(home, constants.W_OK)
    return home
  } catch {
    return join(tmpdir(), 'baton')
  }
}
