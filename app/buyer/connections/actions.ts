'use server'

import { buyerAction } from '@/lib/auth'
import { pauseConnection, resumeConnection, revokeConnection, setDelivery } from '@/lib/connections'
import { ConnectionIdInput, SetDeliveryInput } from '@/lib/connections/schema'

export const pauseAction = buyerAction(ConnectionIdInput, pauseConnection)
export const resumeAction = buyerAction(ConnectionIdInput, resumeConnection)
export const disconnectAction = buyerAction(ConnectionIdInput, revokeConnection)
export const setDeliveryAction = buyerAction(SetDeliveryInput, setDelivery)
