import { z } from '@hono/zod-openapi'
import { loadActor } from '../../accounts/index'
import type { Actor } from '../../actor'
import {
  acceptAsNewAccount,
  acceptInvitation,
  createInvitation,
  declineInvitation,
  findInvitation,
  getConnection,
  pageInvitations,
  resendInvitation,
  revokeInvitation,
} from '../../connections/index'
import { notFound } from '../../errors'
import { err, ok, type Result } from '../../result'
import { firstKey } from './accounts'
import { callerOf, refusedCaller } from './caller'
import { endpoint } from './endpoint'
import { inRequestNames, page, reply, written } from './reply'
import { type Api, newApi } from './router'
import { AccountShape, UserShape } from './shapes/accounts'
import { IdParam, listOf } from './shapes/common'
import { buyerConnection, permissions } from './shapes/connection-examples'
import {
  AcceptBody,
  ConnectionShape,
  InvitationQuery,
  InvitationShape,
  NewInvitation,
  PublicInvitationShape,
  Resend,
  writeConnection,
  writeInvitation,
  writePublicInvitation,
} from './shapes/connections'
import { sample } from './shapes/examples'

const tag = 'Invitations'
const TokenParam = z.object({ token: z.string().min(1).max(200) })

const invitation = {
  id: sample.invitationId,
  email: 'ben@coastal.example',
  purpose: 'send_leads',
  message: 'We have about 40 leads a day for you.',
  status: 'pending',
  flow_id: sample.flowId,
  flow_name: 'Insurance Leads – California',
  step_id: 'coastal',
  shared_fields: ['email', 'phone_1', 'state'],
  permissions,
  expires_at: '2026-01-22T14:02:11.031Z',
  sent_at: sample.at,
  sent_count: 1,
  invited_by: 'Paula Diaz',
  connection_id: null,
  created_at: sample.at,
}
const answersInvitation = { description: 'The invitation.', schema: InvitationShape, example: invitation }

const createRoute = endpoint({
  method: 'post',
  path: '/invitations',
  id: 'createInvitation',
  tag,
  summary: 'Invite a buyer',
  description:
    'By mail, for a step of a flow or in general. The link works once, for 7 days unless `expires_in_days` says otherwise.',
  body: NewInvitation,
  example: {
    email: 'ben@coastal.example',
    purpose: 'send_leads',
    message: 'We have about 40 leads a day for you.',
    flow_id: sample.flowId,
    step_id: 'coastal',
    shared_fields: ['email', 'phone_1', 'state'],
  },
  answer: { status: 201, ...answersInvitation },
  refuses: [404, 409],
})

const listRoute = endpoint({
  method: 'get',
  path: '/invitations',
  id: 'listInvitations',
  tag,
  summary: 'List invitations',
  description: 'By keyset; `open=true` leaves out those that became a connection.',
  query: InvitationQuery,
  answer: {
    status: 200,
    description: 'The invitations that the account has sent, newest first.',
    schema: listOf(InvitationShape),
    example: { data: [invitation], next_cursor: null },
  },
})

const resendRoute = endpoint({
  method: 'post',
  path: '/invitations/{id}/resend',
  id: 'resendInvitation',
  tag,
  summary: 'Send an invitation again',
  description: 'To another address, if one is given. The links of earlier mails are void from then on.',
  params: IdParam,
  body: Resend,
  bodyOptional: true,
  example: { email: 'benjamin@coastal.example' },
  answer: { status: 200, ...answersInvitation },
  refuses: [409],
})

const revokeRoute = endpoint({
  method: 'post',
  path: '/invitations/{id}/revoke',
  id: 'revokeInvitation',
  tag,
  summary: 'Take an invitation back',
  description: 'Its link stops working.',
  params: IdParam,
  answer: {
    status: 200,
    description: 'Taken back.',
    schema: z.strictObject({ id: z.uuid(), status: z.literal('revoked') }),
    example: { id: sample.invitationId, status: 'revoked' },
  },
  refuses: [409],
})

const readRoute = endpoint({
  method: 'get',
  path: '/invitations/by-token/{token}',
  id: 'getInvitationByToken',
  tag,
  key: 'none',
  summary: 'Read an invitation by its token',
  description: 'What the invited person sees, without signing in. The token is the last part of the link in the mail.',
  params: TokenParam,
  answer: {
    status: 200,
    description: 'Who invites, for what, and what would be shared.',
    schema: PublicInvitationShape,
    example: {
      seller: 'Meridian Leads',
      flow: 'Insurance Leads – California',
      purpose: 'send_leads',
      message: invitation.message,
      shared_fields: invitation.shared_fields,
      permissions,
      invited_by: 'Paula Diaz',
      email: invitation.email,
      expires_at: invitation.expires_at,
      status: 'pending',
    },
  },
})

const account = { id: sample.accountId, name: 'Coastal Mutual', plan: 'partner' }
const acceptRoute = endpoint({
  method: 'post',
  path: '/invitations/by-token/{token}/accept',
  id: 'acceptInvitation',
  tag,
  key: 'maybe',
  summary: 'Accept an invitation',
  description:
    'With a key: for the account of the key, and the body is not read. Without one: `company`, `name` and `password` make a new account on the partner plan, whose answer has an `api_key`.',
  params: TokenParam,
  body: AcceptBody,
  bodyOptional: true,
  example: { company: 'Coastal Mutual', name: 'Ben Ito', password: 'a-long-password' },
  answer: {
    status: 200,
    description: 'The connection, and the account that accepted.',
    schema: z.strictObject({
      connection: ConnectionShape,
      account: AccountShape,
      user: UserShape.optional(),
      api_key: z.string().optional(),
    }),
    example: {
      connection: buyerConnection,
      account,
      user: { id: sample.userId, email: 'ben@coastal.example', name: 'Ben Ito' },
      api_key: 'bat_…',
    },
  },
  refuses: [403, 409],
})

const declineRoute = endpoint({
  method: 'post',
  path: '/invitations/by-token/{token}/decline',
  id: 'declineInvitation',
  tag,
  key: 'none',
  summary: 'Decline an invitation',
  params: TokenParam,
  answer: {
    status: 200,
    description: 'Declined.',
    schema: z.strictObject({ status: z.literal('declined') }),
    example: { status: 'declined' },
  },
  refuses: [409],
})

async function connectionOf(
  actor: Actor,
  connectionId: string,
): Promise<Result<{ connection: unknown; account: unknown }>> {
  const { accountId, accountName, plan } = actor
  return written(await getConnection(actor, connectionId), (view) => ({
    connection: writeConnection(view),
    account: { id: accountId, name: accountName, plan },
  }))
}

async function acceptWithKey(actor: Actor, token: string): Promise<Result<object>> {
  const accepted = await acceptInvitation(actor, { token })
  return accepted.ok ? connectionOf(actor, accepted.value.connectionId) : accepted
}

/** The key is made apart from the account: without one the account is still there, and signing in works. */
async function acceptWithoutKey(token: string, body: object): Promise<Result<object>> {
  const made = await acceptAsNewAccount({ ...body, token })
  if (!made.ok) return err(inRequestNames(made.error))
  const { connectionId, user } = made.value
  const first = await firstKey(made.value)
  if (!first.ok) {
    const actor = await loadActor(user.id, made.value.account.id)
    return actor ? connectionOf(actor, connectionId) : first
  }
  const { actor, key } = first.value
  const connected = await connectionOf(actor, connectionId)
  return connected.ok ? ok({ ...connected.value, user, api_key: key }) : connected
}

/** Calls by token, which whoever holds the link may make. */
export function addInvitationsByToken(api: Api): void {
  api.openapi(readRoute, async (c) => {
    const found = await findInvitation(c.req.valid('param').token)
    return reply(c, found ? ok(writePublicInvitation(found)) : err(notFound('Invitation')))
  })

  api.openapi(acceptRoute, async (c) => {
    const { token } = c.req.valid('param')
    const caller = await callerOf(c)
    if (!caller.ok) return refusedCaller(caller.error)
    const actor = caller.value
    return reply(c, actor ? await acceptWithKey(actor, token) : await acceptWithoutKey(token, c.req.valid('json')))
  })

  api.openapi(declineRoute, async (c) => reply(c, await declineInvitation(c.req.valid('param'))))
}

export const invitationApi = newApi()

invitationApi.openapi(createRoute, async (c) =>
  reply(c, written(await createInvitation(c.var.actor, c.req.valid('json')), writeInvitation), 201),
)

invitationApi.openapi(listRoute, async (c) => {
  const { data, nextCursor } = await pageInvitations(c.var.actor, c.req.valid('query'))
  return reply(c, ok(page(data.map(writeInvitation), nextCursor)))
})

invitationApi.openapi(resendRoute, async (c) => {
  const { id } = c.req.valid('param')
  return reply(c, written(await resendInvitation(c.var.actor, { id, ...c.req.valid('json') }), writeInvitation))
})

invitationApi.openapi(revokeRoute, async (c) => reply(c, await revokeInvitation(c.var.actor, c.req.valid('param'))))
