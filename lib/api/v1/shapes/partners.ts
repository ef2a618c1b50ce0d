import { z } from '@hono/zod-openapi'
import {
  CreatePartnerInput,
  PartnerFilters,
  type PartnerSummary,
  type PartnerView,
  partnerStatuses,
  partnerTypes,
  UpdatePartnerInput,
} from '../../../partners/schema'
import { onWire } from '../wire'
import { AccountCapsShape, named, strictFilters, TimeShape, UuidShape, WeekShape } from './common'

/** What a partner is told by, in the words of the wire. */
const { name, type, contactName, email, phone, transferPhone, notes } = CreatePartnerInput.shape
export const NewPartner = named(
  'NewPartner',
  z.strictObject({
    ...{ name, type, contact_name: contactName, email, phone, transfer_phone: transferPhone, notes },
    caps: AccountCapsShape.nullable().default(null),
    schedule: WeekShape.nullable().default(null),
  }),
)
const changes = UpdatePartnerInput.shape
export const PartnerChanges = named(
  'PartnerChanges',
  z.strictObject({
    ...{ name: changes.name, type: changes.type, status: changes.status, contact_name: changes.contactName },
    ...{ email: changes.email, phone: changes.phone, transfer_phone: changes.transferPhone, notes: changes.notes },
    caps: AccountCapsShape.nullish(),
    schedule: WeekShape.nullish(),
  }),
)
export const PartnerQuery = strictFilters(PartnerFilters)

const told = {
  id: UuidShape,
  name: z.string(),
  type: z.enum(partnerTypes),
  status: z.enum(partnerStatuses),
}
export const PartnerNameShape = named('PartnerName', z.strictObject(told))

const summary = {
  ...told,
  contact_name: z.string(),
  email: z.string(),
  phone: z.string(),
  transfer_phone: z.string(),
  notes: z.string(),
  caps: AccountCapsShape.nullable(),
  schedule: WeekShape.nullable(),
  connections: z.array(z.strictObject({ id: UuidShape, name: z.string() })),
  created_at: TimeShape,
  updated_at: TimeShape,
}
export const PartnerSummaryShape = named('PartnerSummary', z.strictObject(summary))
export const PartnerShape = named(
  'Partner',
  z.strictObject({
    ...summary,
    uses: z.array(
      z.strictObject({
        kind: z.enum(['step', 'source']),
        flow_id: UuidShape,
        flow_name: z.string(),
        step_id: z.string().optional(),
        source_id: UuidShape.optional(),
        name: z.string(),
        live: z.boolean(),
      }),
    ),
  }),
)

export const writePartnerSummary = (partner: PartnerSummary): z.infer<typeof PartnerSummaryShape> => onWire(partner)
export const writePartner = ({ uses, ...partner }: PartnerView): z.infer<typeof PartnerShape> => ({
  ...onWire(partner),
  uses: uses.map((use) => onWire(use)),
})

/** A body in the names of the domain. */
export function readPartner<Body extends { contact_name?: unknown; transfer_phone?: unknown }>(body: Body) {
  const { contact_name: contactPerson, transfer_phone: transfer, ...rest } = body
  return {
    ...rest,
    ...(contactPerson !== undefined && { contactName: contactPerson }),
    ...(transfer !== undefined && { transferPhone: transfer }),
  }
}
