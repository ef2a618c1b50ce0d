import { and, asc, eq, sql } from 'drizzle-orm'
import { db } from '../../db/client'
import { customFields, flows } from '../../db/schema/index'
import type { Actor } from '../actor'
import { catalogue } from '../engine/index'
import type { CustomFieldView, FieldView } from './schema'

const standard: readonly FieldView[] = catalogue.map((field) => ({ ...field, custom: false }))

const ownRows = (actor: Actor) =>
  db().select().from(customFields).where(eq(customFields.accountId, actor.accountId)).orderBy(asc(customFields.name))

/** Every field that a flow of the account may list: its own first, then the standard ones in the order of the catalogue. */
export async function listFields(actor: Actor): Promise<FieldView[]> {
  const own = (await ownRows(actor)).map(
    ({ name, type, label, description }): FieldView => ({
      name,
      type,
      label,
      group: 'Your fields',
      aliases: [],
      custom: true,
      ...(description && { description }),
    }),
  )
  return [...own, ...standard]
}

/** Flows by the names of their drafts' fields. */
async function usesOf(actor: Actor): Promise<Map<string, { id: string; name: string }[]>> {
  const rows = await db()
    .select({
      id: flows.id,
      name: flows.name,
      fields: sql<string[]>`array(select f->>'name' from json_array_elements(${flows.draft}->'fields') f)`,
    })
    .from(flows)
    .where(and(eq(flows.accountId, actor.accountId)))
    .orderBy(asc(flows.name))
  const uses = new Map<string, { id: string; name: string }[]>()
  for (const { id, name, fields } of rows)
    for (const field of fields) uses.set(field, [...(uses.get(field) ?? []), { id, name }])
  return uses
}

/** The account's own fields by name, each with the flows that use it. */
export async function listCustomFields(actor: Actor): Promise<CustomFieldView[]> {
  const [rows, uses] = await Promise.all([ownRows(actor), usesOf(actor)])
  return rows.map(({ name, type, label, description, createdAt }) => ({
    name,
    type,
    label,
    description,
    flows: uses.get(name) ?? [],
    createdAt: createdAt.toISOString(),
  }))
}
