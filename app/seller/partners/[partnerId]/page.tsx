import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AccountCapsCard } from '@/components/selling/account-caps-card'
import { Page } from '@/components/shell/page'
import { LiveRefresh } from '@/components/table/live-refresh'
import { Alert } from '@/components/ui/alert'
import { ownAccount } from '@/lib/accounts'
import { hasRole } from '@/lib/actor'
import { requireSeller } from '@/lib/auth'
import { now } from '@/lib/clock'
import { getPartner, partnerCapUse } from '@/lib/partners'
import { isSoldTo, type PartnerType } from '@/lib/partners/schema'
import { PartnerState } from '../_components/partner-words'
import { updatePartnerAction } from '../actions'
import { PartnerActions } from './_components/partner-actions'
import { PartnerSide } from './_components/partner-side'
import { ScheduleCard } from './_components/schedule-card'

const descriptions: Record<PartnerType, string> = {
  partner: 'You sell leads to it: its limits and schedule count over all flows, steps and connections.',
  introducer: 'You buy leads from it. Choose it as the introducer in the settings of its sources.',
  both: 'Leads go both ways. Its limits and schedule count for what you sell to it, over all flows, steps and connections.',
}

export const metadata: Metadata = { title: 'Partner' }

export default async function PartnerPage({ params }: PageProps<'/seller/partners/[partnerId]'>) {
  const [actor, { partnerId }] = await Promise.all([requireSeller(), params])
  const nowMs = now()
  const [found, use, account] = await Promise.all([
    getPartner(actor, partnerId),
    partnerCapUse(actor, partnerId, nowMs),
    ownAccount(actor),
  ])
  if (!found.ok || !use.ok) notFound()
  const partner = found.value
  const { id, name, type, status, caps, schedule } = partner
  const mayChange = hasRole(actor, 'member')
  return (
    <Page
      crumbs={[{ label: 'Partners', href: '/seller/partners' }, { label: name }]}
      title={name}
      badges={<PartnerState status={status} />}
      description={descriptions[type]}
      actions={
        <>
          <LiveRefresh url="/api/live" />
          {mayChange && <PartnerActions partner={partner} />}
        </>
      }
    >
      {status === 'paused' && (
        <Alert kind="warning">Nothing is delivered to {name} until you resume it. Its steps are passed over.</Alert>
      )}
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        {isSoldTo(type) && (
          <div className="flex min-w-0 flex-col gap-5">
            <AccountCapsCard
              key={`${id} limits`}
              what="limits"
              {...{ id, caps }}
              description="The most that is delivered to this partner, whichever flow, step or connection it comes through."
              uses={use.value}
              now={nowMs}
              zone={account.timeZone}
              mayChange={mayChange}
              save={updatePartnerAction}
            />
            <ScheduleCard key={`${id} schedule`} {...{ id, schedule, mayChange }} timeZone={account.timeZone} />
          </div>
        )}
        <PartnerSide partner={partner} mayChange={mayChange} />
      </div>
    </Page>
  )
}
