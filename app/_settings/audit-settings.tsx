import type { Side } from '@/components/event/event-words'
import { AuditLog } from '@/components/settings/audit-log'
import { SettingsFrame } from '@/components/settings/settings-frame'
import { LoadMore } from '@/components/table/load-more'
import { ownAccount } from '@/lib/accounts'
import { listAudit } from '@/lib/audit'
import { requireActor } from '@/lib/auth'

export async function AuditSettings({ side, cursor }: { side: Side; cursor: string | string[] | undefined }) {
  const actor = await requireActor()
  const [page, { timeZone }] = await Promise.all([
    listAudit(actor, typeof cursor === 'string' ? { cursor } : {}),
    ownAccount(actor),
  ])
  return (
    <SettingsFrame side={side} tab="audit">
      <AuditLog entries={page.entries} timeZone={timeZone} />
      <LoadMore nextCursor={page.nextCursor} label="Older changes" />
    </SettingsFrame>
  )
}
