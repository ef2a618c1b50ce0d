import type { Metadata } from 'next'
import { MemberSettings } from '@/app/_settings/member-settings'

export const metadata: Metadata = { title: 'Members' }

export default function Settings() {
  return <MemberSettings side="seller" />
}
