import type { EventDetail } from '@/lib/events/schema'

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

type FeedbackDetailsProps = { feedback: NonNullable<EventDetail['feedback']>; isOwn: boolean }

/** What the buyer said back, in its own words. */
export function FeedbackDetails({ feedback: { reason, fields }, isOwn }: FeedbackDetailsProps) {
  const rest = Object.entries(fields).filter(([name]) => name !== 'type' && name !== 'reason')
  if (!reason && rest.length === 0) return null
  return (
    <dl className="flex flex-col gap-0.5 text-sm text-tertiary">
      {reason && (
        <div className="flex gap-2">
          <dt className="shrink-0">{isOwn ? 'Your reason' : 'Buyer’s reason'}</dt>
          <dd className="min-w-0 break-words text-secondary">{reason}</dd>
        </div>
      )}
      {rest.map(([name, value]) => (
        <div key={name} className="flex gap-2">
          <dt className="font-mono text-xs/5">{name}</dt>
          <dd className="min-w-0 break-words text-secondary">{textOf(value)}</dd>
        </div>
      ))}
    </dl>
  )
}
