'use server'

import { sellerAction } from '@/lib/auth'
import { createPartner, deletePartner, updatePartner } from '@/lib/partners'
import { CreatePartnerInput, PartnerIdInput, UpdatePartnerInput } from '@/lib/partners/schema'

export const createPartnerAction = sellerAction(CreatePartnerInput, createPartner)
export const updatePartnerAction = sellerAction(UpdatePartnerInput, updatePartner)
export const deletePartnerAction = sellerAction(PartnerIdInput, deletePartner)
