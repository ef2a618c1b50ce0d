import type { LeadDetail } from '@/lib/leads/schema'
import { Page } from '../shell/page'
import { LiveRefresh } from '../table/live-refresh'
import { Alert } from '../ui/alert'
import { cn } from '../ui/cn'
import { CopyId } from '../ui/copy-id'
import { outcomeLook, toneText } from '../ui/outcome'
import { OutcomeBadge } from '../ui/outcome-badge'
import { RelativeTime } from '../ui/relative-time'
import { ConsideredCard } from './considered-card'
import { headlineOf, takenFeedback } from './headline'
import { LeadData, type LeadField } from './lead-data'
import { nameOf } from './lead-state'
import { LeadTimeline } from './lead-timeline'
import { phoneText } from './phone-text'
import { SubmissionCard } from './submission-card'

type LeadPageViewProps = { lead: LeadDetail; fields: readonly LeadField[]; timeZone: string }

/** The whole truth of one lead on one screen, as far as its viewer may see it. */
export function LeadPageView({ lead, fields, timeZone }: LeadPageViewProps) {
  const name = nameOf(lead)
  return (
    <Page
      crumbs={[{ label: 'Leads', href: `/${lead.side}/leads` }, { label: name }]}
      title={name}
      badges={<Ending lead={lead} timeZone={timeZone} />}
      description={<ContactLine lead={lead} />}
      actions={lead.status !== 'final' && <LiveRefresh url="/api/live" />}
      wide
    >
      {lead.isTest && (
        <Alert className="border-dashed bg-transparent">
          A test lead. It ran the real path, marked as a test to every buyer, and counts nowhere.
        </Alert>
      )}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-5">
          <LeadTimeline lead={lead} timeZone={timeZone} />
          <SubmissionCard lead={lead} timeZone={timeZone} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <ConsideredCard lead={lead} timeZone={timeZone} />
          <LeadData fields={fields} isBuyer={lead.side === 'buyer'} />
        </div>
      </div>
    </Page>
  )
}

function Ending({ lead, timeZone }: { lead: LeadDetail; timeZone: string }) {
  const { outcome, words } = headlineOf(lead)
  const { icon: Icon, tone } = outcomeLook(outcome)
  return (
    <>
      <span className={cn('inline-flex min-w-0 items-center gap-1.5 font-medium text-base', toneText[tone])}>
        <Icon aria-hidden className="size-4 shrink-0" />
        {words}
      </span>
      {lead.isTest && <OutcomeBadge outcome="test" />}
      {takenFeedback(lead).map((type) => (
        <OutcomeBadge key={type} outcome={type} />
      ))}
      <RelativeTime at={lead.receivedAt} timeZone={timeZone} className="whitespace-nowrap text-sm text-tertiary" />
    </>
  )
}

function ContactLine({ lead: { id, phone, email, place } }: { lead: LeadDetail }) {
  const parts = [phone && phoneText(phone), email, place].filter(Boolean)
  return (
    <span className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
      {parts.length > 0 && <span className="min-w-0 break-words text-secondary">{parts.join(' · ')}</span>}
      <CopyId id={id} prefix="lead" />
    </span>
  )
}
