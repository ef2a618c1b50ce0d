import { z } from 'zod'
import { BusinessHours } from '../engine/schema'
import { isTimeZone } from '../time'

const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'An email address has at most 254 characters.')
  .pipe(z.email('Give a full email address, like name@company.com.'))
const newPassword = z
  .string()
  .min(8, 'Choose a password of 8 characters or more.')
  .max(128, 'A password has at most 128 characters.')
const named = (what: string) =>
  z
    .string()
    .trim()
    .min(1, `Give ${what}.`)
    .max(120, 'Keep it to 120 characters.')
    .regex(/^[^\p{Cc}]*$/u, 'Use plain text.')

const company = named('the company a name')
const personName = named('your name')

/** A new account and the person who owns it. */
export const SignUpInput = z.object({ company, name: personName, email, password: newPassword })
export type SignUpInput = z.infer<typeof SignUpInput>

/** `accountId`: the account to sign in to, when the person has several; the one used last otherwise. */
export const SignInInput = z.object({
  email: z.string().trim().toLowerCase().min(1, 'Give your email address.').max(254),
  password: z.string().min(1, 'Give your password.').max(128),
  accountId: z.uuid().optional(),
})
export type SignInInput = z.infer<typeof SignInInput>

/** A further account of someone who is signed in. */
export const NewAccountInput = z.object({ company })
export type NewAccountInput = z.infer<typeof NewAccountInput>

/** An API key by the name its owner will know it by. */
export const ApiKeyInput = z.object({ name: named('the key a name') })
export type ApiKeyInput = z.infer<typeof ApiKeyInput>

export const RevokeApiKeyInput = z.object({ id: z.uuid() })
export type RevokeApiKeyInput = z.infer<typeof RevokeApiKeyInput>

/** What an account is called, and where its day begins. */
export const AccountInput = z.object({
  name: company,
  timeZone: z.string().refine(isTimeZone, 'Choose a time zone by its IANA name, like America/New_York.'),
})
export type AccountInput = z.infer<typeof AccountInput>

/** When its people are there; `null` is always. */
export const BusinessHoursInput = z.object({ businessHours: BusinessHours.nullable() })

/** What is not named stays. */
export const AccountChanges = AccountInput.extend(BusinessHoursInput.shape).partial()
/** The settings of an account. */
export type AccountSettings = AccountInput & z.infer<typeof BusinessHoursInput>

export const SwitchAccountInput = z.object({ accountId: z.uuid() })
export type SwitchAccountInput = z.infer<typeof SwitchAccountInput>

export const EndSessionInput = z.object({ sessionId: z.uuid() })
export type EndSessionInput = z.infer<typeof EndSessionInput>

/** Who is asking when nobody is signed in: for rate limits and the list of sessions. */
export type Visitor = { ip: string; userAgent: string }
