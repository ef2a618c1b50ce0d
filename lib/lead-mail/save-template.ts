import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/client'
import { mailTemplates } from '../../db/schema/index'
import { transact } from '../../db/transact'
import { maySell } from '../access'
import { touchConfig } from '../accounts/index'
import type { Actor } from '../actor'
import { recordAudit } from '../audit/index'
import { builtInMail, checkMailDefaults, type MailTemplate } from '../engine/index'
import { invalid } from '../errors'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { savedTemplate, viewTemplate } from './queries'
import { type MailTemplateView, SaveMailTemplateInput } from './schema'

const subject = { subjectKind: 'account' } as const

/** Only what differs from Baton's own is kept, so that a better one reaches those who never changed that part. */
function ownParts({ reply_to, ...parts }: MailTemplate): MailTemplate {
  const own = Object.entries(parts).filter(
    ([part, text]) => text?.trim() && text !== builtInMail[part as keyof typeof builtInMail],
  )
  return { ...Object.fromEntries(own), ...(reply_to?.trim() && { reply_to }) }
}

function checked(input: unknown): Result<MailTemplate> {
  const parsed = parseInput(SaveMailTemplateInput, input)
  if (!parsed.ok) return parsed
  const wrong = checkMailDefaults(parsed.value).filter(({ severity }) => severity === 'error')
  const [first] = wrong
  if (first)
    return err(
      invalid(
        first.message,
        wrong.map(({ path, message }) => ({ path, message })),
      ),
    )
  return ok(ownParts(parsed.value))
}

async function store(tx: Tx, actor: Actor, template: MailTemplate | undefined): Promise<Result<MailTemplateView>> {
  await touchConfig(tx, [actor.accountId])
  const before = await savedTemplate(tx, actor.accountId)
  const updatedAt = new Date()
  if (template) {
    await tx
      .insert(mailTemplates)
      .values({ accountId: actor.accountId, template, updatedAt })
      .onConflictDoUpdate({ target: mailTemplates.accountId, set: { template, updatedAt } })
  } else await tx.delete(mailTemplates).where(eq(mailTemplates.accountId, actor.accountId))
  await recordAudit(tx, actor, {
    action: template ? 'mail-template.save' : 'mail-template.reset',
    ...subject,
    subjectId: actor.accountId,
    before: before?.template ?? null,
    after: template ?? null,
  })
  return ok(viewTemplate(template && { template, updatedAt }))
}

/**
 * Saves what the account's lead mails say where their steps don't; it counts from the next lead on. Refuses a template
 * that can't be read, with its position.
 */
export async function saveMailTemplate(actor: Actor, input: unknown, tx?: Tx): Promise<Result<MailTemplateView>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const template = checked(input)
  if (!template.ok) return template
  const own = Object.keys(template.value).length > 0 ? template.value : undefined
  return transact((run) => store(run, actor, own), tx)
}

/** Goes back to Baton's own template. */
export async function resetMailTemplate(actor: Actor, _input?: unknown, tx?: Tx): Promise<Result<MailTemplateView>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  return transact((run) => store(run, actor, undefined), tx)
}
