'use server'

import { z } from 'zod'
import type { Actor } from '@/lib/actor'
import { sellerAction, userAction } from '@/lib/auth'
import { previewMail, resetMailTemplate, saveMailTemplate, sendTestMail } from '@/lib/lead-mail'
import { PreviewMailInput, SaveMailTemplateInput } from '@/lib/lead-mail/schema'
import { listLeads } from '@/lib/leads'
import { ok } from '@/lib/result'

export const previewMailAction = userAction(PreviewMailInput, previewMail, { needs: 'viewer' })
export const sendTestMailAction = userAction(PreviewMailInput, sendTestMail)
export const saveMailTemplateAction = sellerAction(SaveMailTemplateInput, saveMailTemplate)
export const resetMailTemplateAction = sellerAction(z.object({}), resetMailTemplate)

const Side = z.object({ side: z.enum(['seller', 'buyer']), flowId: z.uuid().optional() })

/** The newest leads of one side, to show a mail with one of them. */
async function recentLeads(actor: Actor, { side, flowId }: z.infer<typeof Side>) {
  const { data } = await listLeads(actor, side, { limit: 10, ...(flowId && { flow_id: flowId }) })
  return ok(data.map(({ id, label, email, phone }) => ({ id, label: label || email || phone || id })))
}

export const recentLeadsAction = userAction(Side, recentLeads, { needs: 'viewer' })
