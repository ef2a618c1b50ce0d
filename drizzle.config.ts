import { defineConfig } from 'drizzle-kit'

const families = ['accounts', 'connections', 'flows', 'lists', 'records', 'runs', 'secrets', 'mail-templates']

/** Only for `npm run db:generate`. `lead-log` is partitioned and written by hand, so it is not named here. */
export default defineConfig({
  dialect: 'postgresql',
  schema: families.map((family) => `./db/schema/${family}.ts`),
  out: './db/migrations',
  tablesFilter: ['!leads*', '!events*', '!event_payloads*'],
})
