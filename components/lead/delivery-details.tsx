import { ChevronRight } from 'lucide-react'
import type { EventDetail } from '@/lib/events/schema'
import { durationWords } from '../event/duration-words'
import { Exchange } from '../flow/exchange'
import { MailStateBadge, RecordedMails } from '../mail/recorded-mails'
import { Alert } from '../ui/alert'
import { CopyButton } from '../ui/copy-button'
import { CopyId } from '../ui/copy-id'

const timingWords: [string, string][] = [
  ['dnsMs', 'name lookup'],
  ['connectMs', 'connect'],
  ['tlsMs', 'TLS'],
  ['firstByteMs', 'first byte'],
  ['totalMs', 'total'],
]

const sizeWords = (bytes: number) => (bytes < 1_024 ? `${bytes} B` : `${(bytes / 1_024).toFixed(1)} KB`)

/** How long each part of a call took, and how much was said. */
function Timings({ event: { timings, reusedSocket, sizes } }: { event: EventDetail }) {
  if (!timings) return null
  const parts = timingWords.flatMap(([key, words]) => {
    const ms = timings[key]
    return ms === undefined ? [] : [`${words} ${durationWords(ms)}`]
  })
  const moved = sizes ? [`sent ${sizeWords(sizes.sentBytes)}`, `received ${sizeWords(sizes.receivedBytes)}`] : []
  return (
    <p className="text-tertiary text-xs tabular-nums">
      {[...(reusedSocket ? ['connection reused'] : []), ...parts, ...moved].join(' · ')}
    </p>
  )
}

function Ids({ event }: { event: EventDetail }) {
  return (
    <p className="mt-0.5 flex flex-wrap items-center gap-x-4 gap-y-0.5 text-tertiary text-xs">
      <CopyId id={event.id} prefix="event" />
      {event.batch && (
        <span>
          {event.batch.position} of {event.batch.size} in <CopyId id={event.batch.id} prefix="batch" />
        </span>
      )}
      {event.buyerLeadId && (
        <span>
          {event.type === 'ping' ? 'its reference' : 'buyer’s lead ID'}{' '}
          <span className="break-all font-mono text-secondary">{event.buyerLeadId}</span>
        </span>
      )}
      {event.curl && (
        <CopyButton text={event.curl} className="-mx-2 h-6">
          Copy as curl
        </CopyButton>
      )}
    </p>
  )
}

function SentFields({ names }: { names: readonly string[] }) {
  return (
    <p className="text-pretty text-sm text-tertiary">
      Fields sent: <span className="text-secondary">{names.length > 0 ? names.join(', ') : 'none'}</span>
    </p>
  )
}

/** What the step's settings took from the answer, by the names that later steps know it under. */
function CapturedValues({ captured }: { captured: NonNullable<EventDetail['captured']> }) {
  const entries = Object.entries(captured)
  if (entries.length === 0) return null
  return (
    <dl className="flex flex-wrap gap-x-4 gap-y-0.5 text-sm text-tertiary">
      {entries.map(([name, value]) => (
        <div key={name} className="flex min-w-0 gap-1.5">
          <dt className="font-mono">{name}</dt>
          <dd className="min-w-0 break-words text-secondary">
            {Array.isArray(value) ? value.join(', ') : String(value)}
          </dd>
        </div>
      ))}
    </dl>
  )
}

const foldLook =
  '-ml-1 inline-flex cursor-pointer list-none items-center gap-1 rounded-sm px-1 text-accent-text text-sm hover:underline [&::-webkit-details-marker]:hidden'
const chevronLook = 'size-3.5 transition-transform duration-120 group-open/fold:rotate-90'

/** Under a delivery: what went out and what came back, folded; of an invited buyer only which fields it got. */
export function DeliveryDetails({ event }: { event: EventDetail }) {
  const { request, response, configuredByBuyer, alert, sentFields, mails, mailState } = event
  return (
    <>
      {alert && (
        <Alert kind="warning" className="mt-1.5">
          {alert}
        </Alert>
      )}
      {event.outcome !== 'skipped' && <Ids event={event} />}
      {mailState && (
        <p className="mt-1 flex items-center gap-2 text-sm text-tertiary">
          Delivered by mail <MailStateBadge state={mailState} />
        </p>
      )}
      {mails && (
        <details className="group/fold mt-1">
          <summary className={foldLook}>
            <ChevronRight aria-hidden className={chevronLook} />
            {mailState ? 'The mail' : 'The mail beside it'}
          </summary>
          <div className="mt-2">
            <RecordedMails mails={mails} />
          </div>
        </details>
      )}
      {(request || (configuredByBuyer && event.outcome !== 'skipped')) && (
        <details className="group/fold mt-1">
          <summary className={foldLook}>
            <ChevronRight aria-hidden className={chevronLook} />
            {request ? 'Request and answer' : 'What was sent'}
          </summary>
          <div className="mt-2 flex flex-col gap-2">
            {/* Below each other: a timeline is too narrow for two columns on most screens. */}
            <div className="[&>.grid]:grid-cols-1">
              <Exchange request={request} response={response} configuredByBuyer={configuredByBuyer} />
            </div>
            {sentFields && <SentFields names={sentFields} />}
            {event.captured && <CapturedValues captured={event.captured} />}
            <Timings event={event} />
          </div>
        </details>
      )}
    </>
  )
}
