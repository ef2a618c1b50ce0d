import type { Side } from '@/components/event/event-words'
import { KeyTable } from '@/components/settings/key-table'
import { SettingsFrame } from '@/components/settings/settings-frame'
import { listApiKeys } from '@/lib/accounts'
import { hasRole } from '@/lib/actor'
import { requireActor } from '@/lib/auth'
import { revokeApiKeyAction } from './actions'
import { CreateKeyDialog } from './create-key-dialog'

export async function KeySettings({ side }: { side: Side }) {
  const actor = await requireActor()
  const mayChange = hasRole(actor, 'admin')
  return (
    <SettingsFrame side={side} tab="keys" actions={mayChange && <CreateKeyDialog />}>
      <KeyTable keys={await listApiKeys(actor)} revoke={mayChange ? revokeApiKeyAction : undefined} />
    </SettingsFrame>
  )
}
