import type { Context, Next } from 'hono'
import { actorOfApiKey } from '../../accounts/index'
import type { Actor } from '../../actor'
import type { Refusal } from '../../errors'
import { err, ok, type Result } from '../../result'
import { type Bindings, clientIp } from '../intake/request'
import { refused } from './problem'
import { takeCall } from './rate'

export type ApiEnv = { Bindings: Bindings; Variables: { actor: Actor } }

const unauthenticated = (message: string): Refusal => ({ kind: 'unauthenticated', message })

/** Who calls: the actor of the key, `undefined` without one. A key that is none is refused even where none is needed. */
export async function callerOf(c: Context<ApiEnv>): Promise<Result<Actor | undefined>> {
  const header = c.req.header('authorization')
  if (header === undefined) return ok(undefined)
  const key = /^Bearer\s+(\S+)\s*$/i.exec(header)?.[1]
  if (!key) return err(unauthenticated('Send the API key as: Authorization: Bearer bat_…'))
  const actor = await actorOfApiKey(key)
  if (!actor)
    return err(
      takeCall('address', addressOf(c)) ?? unauthenticated('This API key is not known. It may have been revoked.'),
    )
  const refusal = takeCall('key', key)
  return refusal ? err(refusal) : ok(actor)
}

function refusedCaller(refusal: Refusal): Response {
  const answer = refused(refusal)
  if (refusal.kind === 'unauthenticated') answer.headers.set('www-authenticate', 'Bearer')
  return answer
}

/** Every call below this needs a key. */
export async function withKey(c: Context<ApiEnv>, next: Next): Promise<Response | undefined> {
  const caller = await callerOf(c)
  if (!caller.ok) return refusedCaller(caller.error)
  if (!caller.value) return refusedCaller(unauthenticated('Send an API key: Authorization: Bearer bat_…'))
  c.set('actor', caller.value)
  await next()
  return undefined
}

/** The address a call came from. */
export const addressOf = (c: Context<ApiEnv>): string => clientIp(c as unknown as Context<{ Bindings: Bindings }>)

/** Calls without a key are counted by address. */
export async function withoutKey(c: Context<ApiEnv>, next: Next): Promise<Response | undefined> {
  const refusal = takeCall('address', addressOf(c))
  if (refusal) return refused(refusal)
  await next()
  return undefined
}

export { refusedCaller }
