import { z } from 'zod'
import { AccountCaps, BusinessHours } from '../engine/schema'
import { Id } from '../flows/schema'

/** `introducer`: leads are bought from it; `partner`: they are sold to it. */
export const partnerTypes = ['partner', 'introducer', 'both'] as const
export type PartnerType = (typeof partnerTypes)[number]
export const partnerStatuses = ['active', 'paused'] as const
export type PartnerStatus = (typeof partnerStatuses)[number]

/** Leads can be sold to it. */
export const isSoldTo = (type: PartnerType): boolean => type !== 'introducer'
/** Leads can be bought from it. */
export const isBoughtFrom = (type: PartnerType): boolean => type !== 'partner'

/** Kept as people of its country write it; letters and the like are a slip of the hand. */
const Phone = z
  .string()
  .trim()
  .max(40)
  .regex(/^$|^\+?[\d\s().\-/]{5,30}(?:(?:x|ext\.?)\s?\d{1,6})?$/i, 'Write a phone number like +1 512 789 1111.')
const Email = z.union([z.literal(''), z.email('Write an email address like name@partner.com.').max(254)])

/** `caps` are what is delivered to it at the most, `schedule` is when; `null` is no limit, and at any time. */
const settings = {
  name: z.string().trim().min(1, 'Give the partner a name.').max(120),
  type: z.enum(partnerTypes, 'Use partner, introducer or both.'),
  contactName: z.string().trim().max(120),
  email: Email,
  phone: Phone,
  transferPhone: Phone,
  notes: z.string().trim().max(5000),
  caps: AccountCaps.nullable(),
  schedule: BusinessHours.nullable(),
}

export const CreatePartnerInput = z.strictObject({
  name: settings.name,
  type: settings.type.default('partner'),
  contactName: settings.contactName.default(''),
  email: settings.email.default(''),
  phone: settings.phone.default(''),
  transferPhone: settings.transferPhone.default(''),
  notes: settings.notes.default(''),
  caps: settings.caps.default(null),
  schedule: settings.schedule.default(null),
})
export type CreatePartnerInput = z.input<typeof CreatePartnerInput>

/** What is not named stays as it is. */
export const UpdatePartnerInput = z
  .strictObject({ ...settings, status: z.enum(partnerStatuses, 'Use active or paused.') })
  .partial()
  .extend({ id: Id })
export type UpdatePartnerInput = z.input<typeof UpdatePartnerInput>
export const PartnerIdInput = z.strictObject({ id: Id })

/** Filters of the list of partners; a page forgives wrong ones. */
export const PartnerFilters = z.object({
  q: z.string().trim().min(1).max(120).optional().catch(undefined),
  cursor: z.string().max(200).optional().catch(undefined),
  limit: z.coerce.number().int().min(1).max(200).optional().catch(undefined),
})
export type PartnerFilters = z.infer<typeof PartnerFilters>

/** A partner for choosing one. */
export type PartnerName = { id: string; name: string; type: PartnerType; status: PartnerStatus }

/** Times are ISO 8601, UTC. `connections`: those whose buyer it is. */
export type PartnerSummary = PartnerName & {
  contactName: string
  email: string
  phone: string
  transferPhone: string
  notes: string
  caps: AccountCaps | null
  schedule: BusinessHours | null
  connections: { id: string; name: string }[]
  createdAt: string
  updatedAt: string
}
export type PartnerPage = { data: PartnerSummary[]; nextCursor?: string }

/** Where a partner is named. `live`: leads meet it now; a step without `live` stands in a draft only. */
export type PartnerUse = { flowId: string; flowName: string; live: boolean } & (
  | { kind: 'step'; stepId: string; name: string }
  | { kind: 'source'; sourceId: string; name: string }
)
export type PartnerView = PartnerSummary & { uses: PartnerUse[] }
