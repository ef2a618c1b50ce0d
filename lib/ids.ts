import { randomBytes, randomFillSync } from 'node:crypto'

const pool = Buffer.allocUnsafe(4096)
let poolAt = pool.length
let lastMs = 0
let sequence = 0

const hex: string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const at = (index: number) => hex[index & 0xff] as string

/**
 * A UUIDv7 (RFC 9562 §5.7) from a CSPRNG: 48 bits of Unix milliseconds, a 12-bit counter that keeps ids of one
 * process in order within a millisecond (method 1 of §6.2), 62 random bits.
 * @param nowMs Unix time in milliseconds; ids of the same process never go backwards even if it does.
 */
export function uuidv7(nowMs: number = Date.now()): string {
  if (nowMs > lastMs) {
    lastMs = nowMs
    sequence = 0
  } else if (++sequence > 0xfff) {
    lastMs++
    sequence = 0
  }
  if (poolAt + 8 > pool.length) {
    randomFillSync(pool)
    poolAt = 0
  }
  const high = Math.floor(lastMs / 0x100000000)
  const low = lastMs >>> 0
  const r = (offset: number) => pool[poolAt + offset] as number
  const id =
    `${at(high >>> 8)}${at(high)}${at(low >>> 24)}${at(low >>> 16)}-${at(low >>> 8)}${at(low)}-` +
    `${at(0x70 | (sequence >>> 8))}${at(sequence)}-${at(0x80 | (r(0) & 0x3f))}${at(r(1))}-` +
    `${at(r(2))}${at(r(3))}${at(r(4))}${at(r(5))}${at(r(6))}${at(r(7))}`
  poolAt += 8
  return id
}

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** True for any text that Postgres reads as a uuid in its usual form. */
export const isUuid = (text: string): boolean => uuidShape.test(text)

/** Unix milliseconds in which a UUIDv7 was made. */
export const timeOfId = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)

/** The smallest UUIDv7 of a moment: a bound for partition pruning and keyset pages. */
export function firstIdAt(ms: number): string {
  const time = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`
}

/** 256 random bits, base64url: for invitations, sessions, keys. Only its SHA-256 is ever stored. */
export const newToken = (): string => randomBytes(32).toString('base64url')
