import type { Metadata } from 'next'
import { SessionSettings } from '@/app/_settings/session-settings'

export const metadata: Metadata = { title: 'Sessions' }

export default function Settings() {
  return <SessionSettings side="seller" />
}
