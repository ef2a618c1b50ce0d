import { randomBytes } from 'node:crypto'
import type { Tx } from '../../db/client'
import type { SourceSettings } from '../engine/index'
import { deleteSecret, storeSecret } from '../secrets/index'

/** A key of Standard Webhooks, which takes 24 to 64 bytes. */
const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

/** What signs a webhook: `text` is shown once, `webhookSecret` is the reference that the source keeps. */
type Signer = { webhookSecret: string | null; text?: string }

/** Makes the secret that signs what a source is told, in place of the present one. */
export async function newSigner(tx: Tx, accountId: string, present: string | null): Promise<Required<Signer>> {
  if (present !== null) await deleteSecret(tx, accountId, { secret: present })
  const text = newSecret()
  const { secret: webhookSecret } = await storeSecret(tx, accountId, 'Webhook signing secret', text)
  return { webhookSecret, text }
}

/** The signer that fits the settings: made with the webhook, kept while there is one, gone with it. */
export async function signerFor(
  tx: Tx,
  accountId: string,
  { webhook }: SourceSettings,
  present: string | null,
): Promise<Signer> {
  if (webhook) return present === null ? newSigner(tx, accountId, null) : { webhookSecret: present }
  if (present !== null) await deleteSecret(tx, accountId, { secret: present })
  return { webhookSecret: null }
}
