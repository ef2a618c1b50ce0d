import { maySell } from '../access'
import type { Actor } from '../actor'
import { conflict, notFound } from '../errors'
import { loadFlow } from '../flows/index'
import { SourceIdInput } from '../flows/schema'
import { uuidv7 } from '../ids'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { answerTree } from '../runs/index'
import { callWebhook } from './call-webhook'
import type { TriedWebhook } from './schema'

/** Tells a source's webhook of a lead that does not exist, marked as a test, and says how it answered. */
export async function tryWebhook(actor: Actor, input: unknown): Promise<Result<TriedWebhook>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(SourceIdInput, input)
  if (!parsed.ok) return parsed
  const flow = await loadFlow(parsed.value.flowId)
  const source = flow?.flow.accountId === actor.accountId ? flow.sources.get(parsed.value.sourceId) : undefined
  if (!source) return err(notFound('Source'))
  const { webhook } = source.settings
  if (!webhook) return err(conflict('This source has no webhook. Give its address first.'))
  const leadId = uuidv7()
  const sample = { leadId, outcome: 'success' as const, priceCents: source.compiled.costCents ?? 0 }
  const at = { accountId: actor.accountId, url: webhook.url, secret: source.webhookSecret }
  const body = JSON.stringify(answerTree(sample, undefined))
  return ok(await callWebhook(at, { id: uuidv7(), leadId, isTest: true, body }))
}
