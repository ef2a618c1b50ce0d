import { createHash } from 'node:crypto'
import { env } from '../env'
import { newToken } from '../ids'

/** What is kept of an invitation's token. */
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/** A token for a new mail: the link holds it, the database only its hash. */
export function newInvitationToken(): { tokenHash: Buffer; link: string } {
  const token = newToken()
  return { tokenHash: hashOfToken(token), link: `${env().baseUrl}/invite/${token}` }
}
