'use server'

import { redirect } from 'next/navigation'
import { switchAccount } from '@/lib/auth'

/** Goes on in another account of the person. */
export async function switchAccountAction(accountId: string): Promise<void> {
  await switchAccount({ accountId })
  redirect('/buyer')
}
