import type postgres from 'postgres'

type Rows = Record<string, unknown>[]

/** Sends one prepared statement at once: by itself, where it is its own transaction, or as the next part of one. */
export const write = (
  sql: postgres.Sql | postgres.TransactionSql,
  text: string,
  ...parameters: postgres.SerializableParameter[]
) => sql.unsafe<Rows>(text, parameters, { prepare: true }).execute()
