import type { Metadata } from 'next'
import { MembershipSettings } from '@/app/_settings/membership-settings'

export const metadata: Metadata = { title: 'Your accounts' }

export default function Settings() {
  return <MembershipSettings side="seller" />
}
