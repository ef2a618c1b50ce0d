import type { z } from 'zod'
import { db, pool } from '../../db/client'
import { type Actor, hasRole } from '../actor'
import { now } from '../clock'
import {
  checkMailDefaults,
  checkMailDestination,
  checkMailOf,
  type LeadMail,
  type PackedLead,
  type Problem,
  renderTestMail,
  type TypedLead,
  unpackLead,
  visibleData,
} from '../engine/index'
import { notFound } from '../errors'
import { uuidv7 } from '../ids'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { savedTemplate } from './queries'
import { PreviewMailInput } from './schema'

type Asked = z.output<typeof PreviewMailInput>
export type Rendered = { mail: LeadMail; problems: Problem[]; eventId: string; leadId: string }

/** A lead of the account's own log, its sealed values as stars: a mail shows them so anyway. */
async function ownLead(actor: Actor, leadId: string): Promise<TypedLead | undefined> {
  const [row] = await pool().sql<{ data: PackedLead }[]>`
    select data from leads where id = ${leadId} and account_id = ${actor.accountId}`
  if (!row) return undefined
  return unpackLead(visibleData(row.data, hasRole(actor, 'member')), () => '', now())
}

function problemsOf({ email, defaults, side, sharedFields, fields }: Asked): Problem[] {
  if (defaults) return checkMailDefaults(defaults)
  return side === 'seller' && fields ? checkMailOf(email, { fields }) : checkMailDestination(email, sharedFields)
}

/** Renders a mail as a person asks for it, for the sample lead or one of the account's own; problems beside it. */
export async function renderAsked(actor: Actor, input: unknown): Promise<Result<Rendered>> {
  const parsed = parseInput(PreviewMailInput, input)
  if (!parsed.ok) return parsed
  const asked = parsed.value
  const { email, side, fields, sharedFields, flowName, leadId } = asked
  const lead = leadId === undefined ? undefined : await ownLead(actor, leadId)
  if (leadId !== undefined && !lead) return err(notFound('The lead'))
  const saved = side === 'seller' && !asked.defaults ? await savedTemplate(db(), actor.accountId) : undefined
  const given = { eventId: `TEST_${uuidv7()}`, leadId: 'TEST_123', now: now() }
  const mail = renderTestMail(
    email,
    {
      lead,
      flowName,
      sharedFields,
      defaults: asked.defaults ?? saved?.template,
      ...(fields && { document: { fields } }),
    },
    given,
  )
  return ok({ mail, problems: problemsOf(asked), eventId: given.eventId, leadId: given.leadId })
}
