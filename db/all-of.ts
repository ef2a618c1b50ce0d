import type postgres from 'postgres'

type Fragment = postgres.PendingQuery<postgres.Row[]>

/** Joins the conditions that are there with `and`; filters that nobody set are left out. */
export function allOf(sql: postgres.Sql, conditions: (Fragment | false | undefined)[]): Fragment {
  let all: Fragment = sql`true`
  for (const condition of conditions) if (condition) all = sql`${all} and ${condition}`
  return all
}
