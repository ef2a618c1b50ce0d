import { eq } from 'drizzle-orm'
import { db, type Executor } from '../../db/client'
import { mailTemplates } from '../../db/schema/index'
import type { Actor } from '../actor'
import { builtInMail, type MailTemplate } from '../engine/index'
import type { MailTemplateView } from './schema'

/** The template that the account saved, as its flows use it; `undefined` when it never did. */
export async function savedTemplate(
  exec: Executor,
  accountId: string,
): Promise<{ template: MailTemplate; updatedAt: Date } | undefined> {
  const [row] = await exec
    .select({ template: mailTemplates.template, updatedAt: mailTemplates.updatedAt })
    .from(mailTemplates)
    .where(eq(mailTemplates.accountId, accountId))
  return row
}

const builtIn = { reply_to: '', ...builtInMail }

/** A saved template with Baton's own words in its gaps. */
export function viewTemplate(saved: { template: MailTemplate; updatedAt: Date } | undefined): MailTemplateView {
  const {
    reply_to = builtIn.reply_to,
    subject = builtIn.subject,
    html = builtIn.html,
    text = builtIn.text,
  } = saved?.template ?? {}
  return {
    ...{ reply_to, subject, html, text, builtIn },
    changed: saved !== undefined,
    updatedAt: saved?.updatedAt.toISOString() ?? null,
  }
}

/** What the account's lead mails say where their steps don't. */
export const getMailTemplate = async (actor: Actor): Promise<MailTemplateView> =>
  viewTemplate(await savedTemplate(db(), actor.accountId))
