import type { Tx } from '../../db/client'
import type { DestinationConfig } from '../engine/index'
import { sameJson } from '../flows/index'
import { err, ok, type Result } from '../result'
import { deleteSecret, sealAuth, secretOf } from '../secrets/index'

/** The same configuration with its credential sealed, the paths of a refusal pointing into the configuration. */
export async function sealConfig(
  tx: Tx,
  accountId: string,
  config: DestinationConfig,
  previous?: DestinationConfig,
): Promise<Result<DestinationConfig>> {
  const sealed = await sealAuth(tx, accountId, config.endpoint.auth, previous?.endpoint.auth)
  if (sealed.ok) return ok({ ...config, endpoint: { ...config.endpoint, auth: sealed.value } })
  const path = 'config.endpoint.auth'
  const issues = (sealed.error.issues ?? []).map((issue) => ({
    ...issue,
    path: issue.path ? `${path}.${issue.path}` : path,
  }))
  return err({ ...sealed.error, issues })
}

/** A credential that the new configuration no longer refers to is gone for good: a destination keeps no versions. */
export async function dropOldSecret(
  tx: Tx,
  accountId: string,
  before: DestinationConfig,
  after: DestinationConfig,
): Promise<void> {
  const old = secretOf(before.endpoint.auth)
  if (typeof old !== 'object' || sameJson(old, secretOf(after.endpoint.auth))) return
  await deleteSecret(tx, accountId, old)
}
