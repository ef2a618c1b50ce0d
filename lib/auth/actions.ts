import { unstable_rethrow } from 'next/navigation'
import type { z } from 'zod'
import { whatAccountMayDo } from '../accounts/index'
import type { Visitor } from '../accounts/schema'
import { type Actor, hasRole, type Role } from '../actor'
import { forbidden, type Refusal, unavailable } from '../errors'
import { parseInput } from '../input'
import { log } from '../log'
import { err, ok, type Result } from '../result'
import { currentUser } from './current-user'
import { visitor } from './visitor'

/** What a server action answers its form: the verb's value, or its refusal in words. */
export type ActionResult<T> = { ok: true; value: T } | { ok: false; error: Refusal }

type Needs = { needs?: Role }
type Verb<Schema extends z.ZodType, T, Who> =
  | ((who: Who, input: z.output<Schema>) => Promise<Result<T>>)
  | ((who: Who, input: z.input<Schema>) => Promise<Result<T>>)
type Action<Schema extends z.ZodType, T> = (input: z.input<Schema>) => Promise<ActionResult<T>>

/** Admits who may call an action, parses what they send, calls the verb; a bug is logged and answered in words. */
function action<Schema extends z.ZodType, T, Who>(
  admit: () => Promise<Result<Who>>,
  schema: Schema,
  verb: Verb<Schema, T, Who>,
): Action<Schema, T> {
  return async (input) => {
    try {
      const who = await admit()
      if (!who.ok) return who
      const parsed = parseInput(schema, input)
      if (!parsed.ok) return parsed
      return await verb(who.value, parsed.value as z.output<Schema> & z.input<Schema>)
    } catch (error) {
      unstable_rethrow(error)
      log.error({ err: error }, 'An action failed')
      return err(
        unavailable('Something went wrong on our side. Try again; if it stays, tell who runs this installation.'),
      )
    }
  }
}

type May = (actor: Actor) => boolean

async function admitActor(needs: Role, may: May = () => true): Promise<Result<Actor>> {
  const user = await currentUser()
  if (!user) return err({ kind: 'unauthenticated', message: 'You are signed out. Sign in again.' })
  if (!may(user.actor)) return err(forbidden('This account can not do that.'))
  if (hasRole(user.actor, needs)) return ok(user.actor)
  return err(
    forbidden(needs === 'member' ? 'You can look, but not change anything here.' : `Only an ${needs} can do that.`),
  )
}

/**
 * A server action for whoever is signed in: authenticate, parse with `schema`, call `verb`. Viewers are refused unless
 * `needs` says so. The verb gets what the schema made of the input; parsing that again must change nothing.
 */
export const userAction = <Schema extends z.ZodType, T>(
  schema: Schema,
  verb: Verb<Schema, T, Actor>,
  { needs = 'member' }: Needs = {},
): Action<Schema, T> => action(() => admitActor(needs), schema, verb)

/** `userAction` for an account that sells. */
export const sellerAction = <Schema extends z.ZodType, T>(
  schema: Schema,
  verb: Verb<Schema, T, Actor>,
  { needs = 'member' }: Needs = {},
): Action<Schema, T> => action(() => admitActor(needs, (actor) => whatAccountMayDo(actor).sells), schema, verb)

/** `userAction` for an account that buys. */
export const buyerAction = <Schema extends z.ZodType, T>(
  schema: Schema,
  verb: Verb<Schema, T, Actor>,
  { needs = 'member' }: Needs = {},
): Action<Schema, T> => action(() => admitActor(needs, (actor) => whatAccountMayDo(actor).buys), schema, verb)

/** A server action for anyone, such as signing up: the verb gets the visitor for its rate limits. */
export const visitorAction = <Schema extends z.ZodType, T>(
  schema: Schema,
  verb: Verb<Schema, T, Visitor>,
): Action<Schema, T> => action(async () => ok(await visitor()), schema, verb)
