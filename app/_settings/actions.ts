'use server'

import { redirect } from 'next/navigation'
import { createAccount, createApiKey, endSession, revokeApiKey, updateAccount } from '@/lib/accounts'
import {
  AccountInput,
  ApiKeyInput,
  BusinessHoursInput,
  EndSessionInput,
  NewAccountInput,
  RevokeApiKeyInput,
  SwitchAccountInput,
} from '@/lib/accounts/schema'
import type { Actor } from '@/lib/actor'
import { switchAccount, userAction } from '@/lib/auth'

export const updateAccountAction = userAction(AccountInput, updateAccount)
export const setBusinessHoursAction = userAction(BusinessHoursInput, updateAccount)
export const createApiKeyAction = userAction(ApiKeyInput, createApiKey)
export const revokeApiKeyAction = userAction(RevokeApiKeyInput, revokeApiKey)
export const endSessionAction = userAction(EndSessionInput, endSession, { needs: 'viewer' })

/** Goes on in another account of the person; one without flows has its own portal. */
export const openAccountAction = userAction(
  SwitchAccountInput,
  async (_: Actor, input: SwitchAccountInput) => {
    const opened = await switchAccount(input)
    return opened.ok ? redirect('/seller') : opened
  },
  { needs: 'viewer' },
)

/** A further account, opened at once. */
export const createAccountAction = userAction(
  NewAccountInput,
  async (actor: Actor, input: NewAccountInput) => {
    const made = await createAccount(actor, input)
    if (!made.ok) return made
    await switchAccount({ accountId: made.value.id })
    return redirect('/seller')
  },
  { needs: 'viewer' },
)
