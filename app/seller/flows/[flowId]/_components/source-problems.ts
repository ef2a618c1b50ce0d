import type { Problem } from '@/lib/engine/types'
import type { Refusal } from '@/lib/errors'

/** Problems of the server stand at `settings.…` or at the key itself. */
export const asProblems = (refusal: Refusal | undefined): Problem[] =>
  (refusal?.issues ?? []).map(({ path, message }) => ({
    severity: 'error',
    path: path.replace(/^settings\./, ''),
    message,
  }))
