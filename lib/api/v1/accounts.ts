import {
  createApiKey,
  listApiKeys,
  loadActor,
  ownAccount,
  revokeApiKey,
  signUp,
  updateAccount,
  whatAccountMayDo,
} from '../../accounts/index'
import type { Actor } from '../../actor'
import { listAudit } from '../../audit/index'
import { unavailable } from '../../errors'
import { err, ok, type Result } from '../../result'
import { addressOf } from './caller'
import { endpoint } from './endpoint'
import { page, reply, written } from './reply'
import { type Api, newApi } from './router'
import {
  AccountChanges,
  AccountSettingsShape,
  ApiKeyShape,
  CreatedApiKeyShape,
  MeShape,
  NewApiKey,
  SignedUpShape,
  SignUp,
  writeAccount,
  writeApiKey,
  writeMe,
} from './shapes/accounts'
import { IdParam, listOf } from './shapes/common'
import { sample } from './shapes/examples'
import { AuditQuery, AuditShape, writeAudit } from './shapes/log'
import { wirePath } from './wire'

const account = { id: sample.accountId, name: 'Meridian Leads', plan: 'full' }
const user = { id: sample.userId, email: 'paula@meridian.example', name: 'Paula Diaz' }

const signUpRoute = endpoint({
  method: 'post',
  path: '/signup',
  id: 'signUp',
  tag: 'Account',
  key: 'none',
  summary: 'Make an account',
  description:
    'A company on the full plan, the person who owns it, and an API key that acts as that person. The key is shown this once.',
  body: SignUp,
  example: {
    company: 'Meridian Leads',
    name: 'Paula Diaz',
    email: 'paula@meridian.example',
    password: 'a-long-password',
  },
  answer: {
    status: 201,
    description: 'The account, its owner and the key.',
    schema: SignedUpShape,
    example: { account, user, api_key: 'bat_…' },
  },
  refuses: [409],
})

const meRoute = endpoint({
  method: 'get',
  path: '/me',
  id: 'getMe',
  tag: 'Account',
  summary: 'Who this key is',
  answer: {
    status: 200,
    description: 'Account, person, role and what they may do.',
    schema: MeShape,
    example: {
      account,
      user,
      role: 'owner',
      permissions: { sell: true, buy: true, configure: true, manage_access: true },
    },
  },
})

const answersAccount = {
  status: 200,
  description: 'The settings of the account.',
  schema: AccountSettingsShape,
  example: {
    id: sample.accountId,
    name: 'Meridian Leads',
    time_zone: 'America/Chicago',
    business_hours: { days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'], hours: { start: '08:00', end: '18:00' } },
  },
} as const

const accountRoute = endpoint({
  method: 'get',
  path: '/account',
  id: 'getAccount',
  tag: 'Account',
  summary: 'The settings of the account',
  answer: answersAccount,
})

const updateAccountRoute = endpoint({
  method: 'patch',
  path: '/account',
  id: 'updateAccount',
  tag: 'Account',
  summary: 'Change the settings of the account',
  description:
    'Admins may. What is not named stays. `business_hours` are those of failover members that are asked in business hours only and have none of their own; `null` is always.',
  body: AccountChanges,
  example: { time_zone: 'America/Chicago' },
  answer: answersAccount,
})

const listKeysRoute = endpoint({
  method: 'get',
  path: '/api-keys',
  id: 'listApiKeys',
  tag: 'Account',
  summary: 'List API keys',
  answer: {
    status: 200,
    description: 'The keys in use, newest first, by their first characters.',
    schema: listOf(ApiKeyShape),
    example: {
      data: [
        { id: sample.keyId, name: 'Import job', prefix: 'bat_PkQ1r2', owner: 'Paula Diaz', created_at: sample.at },
      ],
      next_cursor: null,
    },
  },
})

const createKeyRoute = endpoint({
  method: 'post',
  path: '/api-keys',
  id: 'createApiKey',
  tag: 'Account',
  summary: 'Make an API key',
  description: 'It acts as the person whose key makes it, in this account. Admins and owners may.',
  body: NewApiKey,
  example: { name: 'Import job' },
  answer: {
    status: 201,
    description: 'The key, shown this once.',
    schema: CreatedApiKeyShape,
    example: { id: sample.keyId, name: 'Import job', key: 'bat_…' },
  },
})

const revokeKeyRoute = endpoint({
  method: 'delete',
  path: '/api-keys/{id}',
  id: 'revokeApiKey',
  tag: 'Account',
  summary: 'Revoke an API key',
  description: 'It is refused within five seconds, everywhere.',
  params: IdParam,
  answer: { status: 204, description: 'Revoked.' },
})

const auditRoute = endpoint({
  method: 'get',
  path: '/audit',
  id: 'listAudit',
  tag: 'Account',
  summary: 'List changes',
  description: 'Every change of configuration and access, newest first, 50 a page: who, what, before, after.',
  query: AuditQuery,
  answer: {
    status: 200,
    description: 'A page of changes.',
    schema: listOf(AuditShape),
    example: {
      data: [
        {
          id: sample.eventId,
          at: sample.at,
          via: 'api-key',
          who: { id: sample.userId, name: 'Paula Diaz' },
          action: 'flow.publish',
          subject_kind: 'flow',
          subject_id: sample.flowId,
          before: { version: 6 },
          after: { version: 7 },
        },
      ],
      next_cursor: null,
    },
  },
})

/** A first key for someone who has just signed up or accepted an invitation without one. */
export async function firstKey(made: {
  account: { id: string }
  user: { id: string }
}): Promise<Result<{ actor: Actor; key: string }>> {
  const actor = await loadActor(made.user.id, made.account.id, 'api-key')
  if (!actor) return err(unavailable('The account was made. Sign in to make an API key.'))
  const created = await createApiKey(actor, { name: 'First key' })
  return created.ok ? ok({ actor, key: created.value.key }) : created
}

export function addSignUp(api: Api): void {
  api.openapi(signUpRoute, async (c) => {
    const ip = addressOf(c)
    const made = await signUp(c.req.valid('json'), ip ? { ip } : {})
    if (!made.ok) return reply(c, made)
    const first = await firstKey(made.value)
    return reply(c, first.ok ? ok({ ...made.value, api_key: first.value.key }) : first, 201)
  })
}

export const accountApi = newApi()

accountApi.openapi(meRoute, (c) => reply(c, ok(writeMe(c.var.actor, whatAccountMayDo(c.var.actor)))))

accountApi.openapi(accountRoute, async (c) =>
  reply(c, ok(writeAccount(c.var.actor.accountId, await ownAccount(c.var.actor)))),
)

accountApi.openapi(updateAccountRoute, async (c) => {
  const { name, time_zone: timeZone, business_hours: businessHours } = c.req.valid('json')
  const changed = await updateAccount(c.var.actor, {
    ...(name !== undefined && { name }),
    ...(timeZone !== undefined && { timeZone }),
    ...(businessHours !== undefined && { businessHours }),
  })
  return reply(
    c,
    written(changed, (settings) => writeAccount(c.var.actor.accountId, settings), wirePath),
  )
})

accountApi.openapi(listKeysRoute, async (c) => reply(c, ok(page((await listApiKeys(c.var.actor)).map(writeApiKey)))))

accountApi.openapi(createKeyRoute, async (c) => reply(c, await createApiKey(c.var.actor, c.req.valid('json')), 201))

accountApi.openapi(revokeKeyRoute, async (c) => reply(c, await revokeApiKey(c.var.actor, c.req.valid('param')), 204))

accountApi.openapi(auditRoute, async (c) => {
  const { cursor } = c.req.valid('query')
  const { entries, nextCursor } = await listAudit(c.var.actor, cursor ? { cursor } : {})
  return reply(c, ok(page(entries.map(writeAudit), nextCursor)))
})
