import type { Metadata } from 'next'
import { KeySettings } from '@/app/_settings/key-settings'

export const metadata: Metadata = { title: 'API keys' }

export default function Settings() {
  return <KeySettings side="seller" />
}
