import type { Metadata } from 'next'
import { SecretSettings } from '@/app/_settings/secret-settings'

export const metadata: Metadata = { title: 'Secrets' }

export default function Settings() {
  return <SecretSettings side="seller" />
}
