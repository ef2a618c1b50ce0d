import type { Refusal } from './errors'

/** The outcome of a verb: a value, or a refusal that a caller is expected to handle. Bugs are thrown instead. */
export type Result<T, E = Refusal> = { ok: true; value: T } | { ok: false; error: E }

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })
export const err = <E>(error: E): { ok: false; error: E } => ({ ok: false, error })
