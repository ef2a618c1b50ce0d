'use server'

import { sellerAction } from '@/lib/auth'
import {
  createInvitation,
  pauseConnection,
  resendInvitation,
  resumeConnection,
  revokeConnection,
  revokeInvitation,
  setConnectionCaps,
  setConnectionPartner,
} from '@/lib/connections'
import {
  ConnectionIdInput,
  InvitationIdInput,
  InvitationInput,
  ResendInvitationInput,
  SetConnectionCapsInput,
  SetConnectionPartnerInput,
} from '@/lib/connections/schema'
import { setStepActive } from '@/lib/flows'
import { SetStepActiveInput } from '@/lib/flows/schema'

export const inviteAction = sellerAction(InvitationInput, createInvitation)
export const resendAction = sellerAction(ResendInvitationInput, resendInvitation)
export const revokeInvitationAction = sellerAction(InvitationIdInput, revokeInvitation)
export const pauseAction = sellerAction(ConnectionIdInput, pauseConnection)
export const resumeAction = sellerAction(ConnectionIdInput, resumeConnection)
export const disconnectAction = sellerAction(ConnectionIdInput, revokeConnection)
export const setStepActiveAction = sellerAction(SetStepActiveInput, setStepActive)
export const setCapsAction = sellerAction(SetConnectionCapsInput, setConnectionCaps)
export const setPartnerAction = sellerAction(SetConnectionPartnerInput, setConnectionPartner)
