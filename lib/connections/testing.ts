import { and, desc, eq } from 'drizzle-orm'
import { db } from '../../db/client'
import { destinations, outboxMails } from '../../db/schema/index'
import { must } from '../../db/testing/index'
import type { Actor } from '../actor'
import { createFlow, saveDraft } from '../flows/index'
import { uuidv7 } from '../ids'
import { acceptInvitation, createInvitation } from './index'
import type { InvitationInput, InvitationView } from './schema'

export const document = {
  fields: [
    { name: 'email', type: 'email' as const },
    { name: 'phone_1', type: 'phone' as const },
    { name: 'state', type: 'state' as const },
  ],
  steps: [
    {
      id: 'partner',
      type: 'buyer' as const,
      name: 'Partner',
      connection: { method: 'invite' as const, shared_fields: ['email', 'phone_1'] },
      rules: { active: true, price: 45 },
    },
  ],
}

/** A flow of this seller whose one step waits for an invited buyer. */
export async function aFlow(seller: Actor): Promise<string> {
  const { id } = must(await createFlow(seller, { name: 'Insurance Leads - California' }))
  must(await saveDraft(seller, { flowId: id, document }))
  return id
}

/** Mails to this address, newest first. */
export const mailsTo = (to: string, kind: string) =>
  db()
    .select()
    .from(outboxMails)
    .where(and(eq(outboxMails.to, to), eq(outboxMails.kind, kind)))
    .orderBy(desc(outboxMails.id))

/** The token in the newest invitation that was mailed to this address. */
export async function tokenIn(email: string): Promise<string> {
  const [mail] = await mailsTo(email, 'invitation')
  return /\/invite\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
}

export async function invite(
  seller: Actor,
  email: string,
  given: Partial<InvitationInput> = {},
): Promise<{ invitation: InvitationView; token: string }> {
  const invitation = must(await createInvitation(seller, { email, ...given }))
  return { invitation, token: await tokenIn(email) }
}

/** A connection of these two, made as people make it. */
export async function connect(seller: Actor, buyer: Actor, given: Partial<InvitationInput> = {}): Promise<string> {
  const { token } = await invite(seller, buyer.userEmail ?? '', given)
  return must(await acceptInvitation(buyer, { token })).connectionId
}

export const config = {
  endpoint: {
    url: 'https://api.hiddenbuyer.example/v2/intake?campaign=77',
    method: 'POST' as const,
    auth: { type: 'none' as const },
    headers: { 'X-Partner-Code': 'partner-code-4711' },
  },
  request: { format: 'json' as const, mappings: { mail_of_person: '{{lead.email}}' } },
  response: { success_codes: [200] },
  required_fields: [],
}

/** A destination of this account in whatever state a test needs. */
export async function aDestination(
  buyer: Actor,
  given: { name?: string; status?: 'draft' | 'tested' | 'live' | 'disabled' } = {},
): Promise<string> {
  const id = uuidv7()
  const name = given.name ?? `Destination ${id}`
  await db()
    .insert(destinations)
    .values({ id, accountId: buyer.accountId, name, integration: 'webhook', config, status: given.status ?? 'live' })
  return id
}

export const setStatus = (
  id: string,
  status: 'draft' | 'tested' | 'live' | 'disabled',
  testedAt: Date | null = new Date(),
) => db().update(destinations).set({ status, testedAt }).where(eq(destinations.id, id))
