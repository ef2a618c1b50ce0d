import type { Tx } from '../../db/client'
import { secretIssues } from '../delivery/index'
import { DestinationConfig } from '../engine/index'
import { type Issue, invalid } from '../errors'
import { err, type Result } from '../result'
import { dropSecrets, sealSecrets } from '../secrets/index'

/** The same configuration with its secrets sealed, the paths of a refusal pointing into it. */
export async function sealConfig(
  tx: Tx,
  accountId: string,
  config: DestinationConfig,
  previous?: DestinationConfig,
): Promise<Result<DestinationConfig>> {
  const inConfig = (issues: Issue[]) => issues.map((issue) => ({ ...issue, path: `config.${issue.path}` }))
  const wrong = await secretIssues(accountId, config)
  if (wrong.length > 0) return err(invalid(wrong[0]?.message ?? '', inConfig(wrong)))
  const sealed = await sealSecrets(tx, accountId, DestinationConfig, config, previous)
  return sealed.ok ? sealed : err({ ...sealed.error, issues: inConfig(sealed.error.issues ?? []) })
}

/** Secrets that the new configuration no longer refers to are gone for good: a destination keeps no versions. */
export const dropOldSecrets = (
  tx: Tx,
  accountId: string,
  before: DestinationConfig,
  after: DestinationConfig,
): Promise<void> => dropSecrets(tx, accountId, DestinationConfig, before, after)
