import { z } from '@hono/zod-openapi'
import type { ApiKeyView } from '../../../accounts/index'
import {
  type AccountSettings,
  ApiKeyInput,
  BusinessHoursInput,
  AccountChanges as Changes,
  SignUpInput,
} from '../../../accounts/schema'
import { type Actor, hasRole, plans, roles } from '../../../actor'
import { onWire } from '../wire'
import { named, TimeShape, UuidShape } from './common'

export const SignUp = named('SignUp', z.strictObject(SignUpInput.shape))
export const NewApiKey = named('NewApiKey', z.strictObject(ApiKeyInput.shape))

export const AccountShape = named('Account', z.strictObject({ id: UuidShape, name: z.string(), plan: z.enum(plans) }))
export const UserShape = named('User', z.strictObject({ id: UuidShape, email: z.string(), name: z.string() }))

export const SignedUpShape = named(
  'SignedUp',
  z.strictObject({ account: AccountShape, user: UserShape, api_key: z.string() }),
)

const { businessHours } = BusinessHoursInput.shape
export const AccountSettingsShape = named(
  'AccountSettings',
  z.strictObject({ id: UuidShape, name: z.string(), time_zone: z.string(), business_hours: businessHours }),
)
const { name, timeZone, businessHours: hours } = Changes.shape
export const AccountChanges = named(
  'AccountChanges',
  z.strictObject({ name, time_zone: timeZone, business_hours: hours }),
)
export const writeAccount = (id: string, settings: AccountSettings): z.infer<typeof AccountSettingsShape> => ({
  id,
  ...onWire(settings),
})

export const MeShape = named(
  'Me',
  z.strictObject({
    account: AccountShape,
    user: UserShape.nullable(),
    role: z.enum(roles),
    permissions: z.strictObject({
      sell: z.boolean(),
      buy: z.boolean(),
      configure: z.boolean(),
      manage_access: z.boolean(),
    }),
  }),
)

export const ApiKeyShape = named(
  'ApiKey',
  z.strictObject({
    id: UuidShape,
    name: z.string(),
    prefix: z.string(),
    owner: z.string(),
    last_used_at: TimeShape.optional(),
    created_at: TimeShape,
  }),
)
export const CreatedApiKeyShape = named(
  'CreatedApiKey',
  z.strictObject({
    id: UuidShape,
    name: z.string(),
    key: z.string().openapi({ description: 'The key, shown this once.' }),
  }),
)

export function writeMe(actor: Actor, may: { sells: boolean; buys: boolean }): z.infer<typeof MeShape> {
  const { accountId, accountName, plan, role, userId, userName, userEmail } = actor
  return {
    account: { id: accountId, name: accountName, plan },
    user: userId ? { id: userId, email: userEmail ?? '', name: userName ?? '' } : null,
    role,
    permissions: {
      sell: may.sells,
      buy: may.buys,
      configure: hasRole(actor, 'member'),
      manage_access: hasRole(actor, 'admin'),
    },
  }
}

export const writeApiKey = ({ lastUsedAt, createdAt, ...key }: ApiKeyView): z.infer<typeof ApiKeyShape> => ({
  ...onWire(key),
  ...(lastUsedAt && { last_used_at: lastUsedAt.toISOString() }),
  created_at: createdAt.toISOString(),
})
