import type { Executor } from '../../db/client'
import type { Problem } from '../engine/index'
import { SourceSettings } from '../engine/index'
import type { Issue } from '../errors'
import { checkUrl } from '../http/index'
import { parseInput } from '../input'
import type { Result } from '../result'
import { partnersNamed } from './step-partners'

export const takenName = (name: string): string => `This flow already has a source named ${name}. Choose another name.`

/** The issues that keep settings from being saved; warnings do not. */
export function settingsRefusal(problems: Problem[]): Issue[] | undefined {
  const errors = problems.filter((problem) => problem.severity === 'error')
  return errors.length ? errors.map(({ path, message }) => ({ path: `settings.${path}`, message })) : undefined
}

/** A source is called where its webhook says: an address that can never be called is not saved. */
export function webhookProblems({ webhook }: SourceSettings): Problem[] {
  const reachable = webhook && checkUrl(webhook.url)
  if (!reachable || reachable.ok) return []
  return [{ severity: 'error', path: 'webhook.url', message: reachable.error.message }]
}

/** The introducer of a source is a partner of the account that leads are bought from. */
export async function introducerProblems(
  exec: Executor,
  accountId: string,
  { partner_id: id }: SourceSettings,
): Promise<Problem[]> {
  if (id === undefined) return []
  const partner = (await partnersNamed(exec, accountId, [id])).get(id)
  if (partner && partner.type !== 'partner') return []
  const message = partner
    ? `You sell to ${partner.name}. Make it an introducer, or both, to buy from it.`
    : 'There is no such partner in this account.'
  return [{ severity: 'error', path: 'partner_id', message }]
}

/** Settings with some keys replaced, and those given as null taken away. */
export function mergeSettings(present: SourceSettings, changes: Record<string, unknown>): Result<SourceSettings> {
  const entries = Object.entries({ ...present, ...changes }).filter(([, value]) => value !== null)
  const merged = parseInput(SourceSettings, Object.fromEntries(entries))
  if (merged.ok) return merged
  const issues = merged.error.issues?.map((issue) => ({ ...issue, path: `settings.${issue.path}` })) ?? []
  return { ok: false, error: { ...merged.error, issues } }
}
