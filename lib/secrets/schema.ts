import { z } from 'zod'

/** A name that a template can write: `{{secret.BUYER_API_TOKEN}}`. */
export const SecretName = z
  .string()
  .trim()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'Use letters, digits and underscores, starting with a letter; at most 64.')

const value = z.string().trim().min(1, 'Give the value.').max(50_000, 'Use at most 50,000 characters.')

export const NamedSecretInput = z.strictObject({ name: SecretName, value })
export type NamedSecretInput = z.input<typeof NamedSecretInput>
export const SecretNameInput = z.strictObject({ name: SecretName })
export const RevealNamedSecretInput = z.strictObject({ name: SecretName, password: z.string().min(1).max(200) })

/** Where a named secret is written. */
export type SecretUse = { kind: 'flow' | 'destination'; id: string; name: string }

/** A named secret as its account sees it. */
export type NamedSecretView = {
  name: string
  lastFour: string
  usedIn: SecretUse[]
  createdAt: string
  updatedAt: string
}

/** `secret` is the reference that a document holds: `sec_…`. */
export const RevealSecretInput = z.strictObject({
  secret: z.string().min(1).max(100),
  password: z.string().min(1, 'Give your password.').max(200),
})
