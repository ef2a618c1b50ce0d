import type { Side } from '@/components/event/event-words'
import { SessionTable } from '@/components/settings/session-table'
import { SettingsFrame } from '@/components/settings/settings-frame'
import { listSessions } from '@/lib/accounts'
import { currentUser, requireActor } from '@/lib/auth'
import { endSessionAction } from './actions'

export async function SessionSettings({ side }: { side: Side }) {
  const [actor, user] = await Promise.all([requireActor(), currentUser()])
  return (
    <SettingsFrame side={side} tab="sessions">
      <SessionTable sessions={await listSessions(actor)} ownId={user?.sessionId} end={endSessionAction} />
    </SettingsFrame>
  )
}
