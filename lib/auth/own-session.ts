import { switchSessionAccount } from '../accounts/index'
import type { Result } from '../result'
import { sessionIdOfRequest } from './session-id'

/** Moves this browser's session to another account of the person. Call it from a server action, then go to its portal. */
export const switchAccount = async (input: unknown): Promise<Result<{ accountId: string }>> =>
  switchSessionAccount((await sessionIdOfRequest()) ?? '', input)
