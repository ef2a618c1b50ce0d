import { defineConfig } from 'drizzle-kit'

const families = [
  'accounts',
  'backtests',
  'connections',
  'custom-fields',
  'flows',
  'lists',
  'mail-templates',
  'partners',
  'records',
  'runs',
  'secrets',
  'selling',
]

/** Only for `npm run db:generate`. `lead-log` is partitioned and written by hand, so it is not named here. */
export default defineConfig({
  dialect: 'postgresql',
  schema: families.map((family) => `./db/schema/${family}.ts`),
  out: './db/migrations',
  tablesFilter: ['!leads*', '!events*', '!event_payloads*'],
})
