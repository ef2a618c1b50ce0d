import type { Metadata } from 'next'
import { AccountSettings } from '@/app/_settings/account-settings'

export const metadata: Metadata = { title: 'Settings' }

export default function Settings() {
  return <AccountSettings side="seller" />
}
