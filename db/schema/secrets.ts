import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { accounts } from './accounts'
import { createdAt, id, moment } from './columns'

/** One data key per account, wrapped by the key of the ring that `key_id` names. */
export const accountKeys = pgTable('account_keys', {
  accountId: uuid('account_id')
    .primaryKey()
    .references(() => accounts.id),
  keyId: text('key_id').notNull(),
  wrapped: text('wrapped').notNull(),
  createdAt: createdAt(),
})

/** A credential. `sealed` is `v1.<nonce>.<ciphertext>.<tag>` under the account's data key; documents hold `id` only. */
export const secrets = pgTable(
  'secrets',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    name: text('name').notNull(),
    sealed: text('sealed').notNull(),
    lastFour: text('last_four').notNull(),
    /** Set while a process uses one that its use may replace: an OAuth refresh token. */
    leasedUntil: moment('leased_until'),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [index('secrets_account').on(table.accountId)],
)

/** Secrets that an account keeps by name, for `{{secret.NAME}}`. */
export const namedSecrets = pgTable(
  'named_secrets',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    name: text('name').notNull(),
    secretId: uuid('secret_id')
      .notNull()
      .references(() => secrets.id),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.name] }), index('named_secrets_secret').on(table.secretId)],
)
