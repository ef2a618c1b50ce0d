import type { Side } from '@/components/event/event-words'
import { SecretDialog } from '@/components/settings/secret-dialog'
import { SecretTable } from '@/components/settings/secret-table'
import { SettingsFrame } from '@/components/settings/settings-frame'
import { hasRole } from '@/lib/actor'
import { requireActor } from '@/lib/auth'
import { listNamedSecrets } from '@/lib/secrets'
import { createSecretAction, deleteSecretAction, replaceSecretAction, revealNamedSecretAction } from './secret-actions'

export async function SecretSettings({ side }: { side: Side }) {
  const actor = await requireActor()
  const mayChange = hasRole(actor, 'member')
  const verbs = {
    remove: deleteSecretAction,
    replace: replaceSecretAction,
    ...(hasRole(actor, 'admin') && { reveal: revealNamedSecretAction }),
  }
  return (
    <SettingsFrame side={side} tab="secrets" actions={mayChange && <SecretDialog save={createSecretAction} />}>
      <p className="max-w-2xl text-pretty text-secondary text-sm">
        Tokens and keys that requests hold by name: write <code className="font-mono text-xs">{'{{secret.NAME}}'}</code>{' '}
        in a header, a mapping, a body, the query of an address, or where a token is asked for. They are kept encrypted,
        and never shown in what was sent.
      </p>
      <SecretTable secrets={await listNamedSecrets(actor)} side={side} verbs={mayChange ? verbs : undefined} />
    </SettingsFrame>
  )
}
