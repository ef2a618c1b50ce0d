import type { Refusal } from '../../lib/errors'
import type { Result } from '../../lib/result'

/** The value of a result that a test takes for granted; else it fails with the refusal. */
export function must<T>(result: Result<T, Refusal>): T {
  if (result.ok) return result.value
  throw new Error(JSON.stringify(result.error))
}

/** Why something was refused; else the test fails with the answer. */
export function refusal<T>(result: Result<T, Refusal>): Refusal {
  if (!result.ok) return result.error
  throw new Error(`it was not refused, but answered ${JSON.stringify(result.value)}`)
}
