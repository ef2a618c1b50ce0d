import { hash, verify } from '@node-rs/argon2'
import { unavailable } from '../errors'
import { err, ok, type Result } from '../result'
import { once } from '../runtime'

/** OWASP's minimum for Argon2id (the library's default algorithm): 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Two at once leave the thread pool's other threads to files and DNS; past 64 waiting it is a flood. */
const atOnce = 2
const waitingMax = 64

type Turns = { running: number; waiting: (() => void)[] }
const turns = () => once<Turns>('password turns', () => ({ running: 0, waiting: [] }))

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const queue = turns()
  if (queue.running >= atOnce) await new Promise<void>((go) => queue.waiting.push(go))
  else queue.running++
  try {
    return await work()
  } finally {
    const next = queue.waiting.shift()
    if (next) next()
    else queue.running--
  }
}

/** Refuses when more passwords wait to be checked than could be in a few seconds; ask before `hash` or `verify`. */
export const passwordTurn = (): Result<void> =>
  turns().waiting.length < waitingMax
    ? ok(undefined)
    : err(unavailable('Too many people are signing in at this moment. Try again in a few seconds.', 5))

/** Argon2id of a password, as a PHC string. */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password, cost))

/**
 * True when the password has this hash. Without a hash (nobody by that email) it does the same work and answers false,
 * so that time does not tell whether an email is known.
 */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  const stored = passwordHash ?? (await once('password of nobody', () => hash('nobody has this password', cost)))
  const matches = await inTurn(() => verify(stored, password))
  return matches && passwordHash !== undefined
}
