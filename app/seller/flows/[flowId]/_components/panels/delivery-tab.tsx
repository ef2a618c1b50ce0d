'use client'

import { Lock } from 'lucide-react'
import { signInTools } from '@/app/_endpoint/tools'
import type { ManualConnection } from '@/components/flow/draft-document'
import { DraftNumber } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { BatchFields } from '@/components/request/batch-fields'
import { bodyFor } from '@/components/request/body-or-mappings'
import { FormatFields } from '@/components/request/format-fields'
import { SamplePreview } from '@/components/request/request-preview'
import { SoapFields } from '@/components/request/soap-fields'
import { Badge } from '@/components/ui/badge'
import type { Request } from '@/lib/engine/schema'
import { findOperationsAction } from '../../actions'
import { useEditor } from '../editor-context'
import { PanelPart } from '../panel-frame'
import { useFlowSample } from '../use-flow-sample'
import { SentByMail } from './sent-by-mail'
import type { StepTabProps } from './step-tab'

const ofLead = ['Idempotency-Key', 'X-Baton-Event-Id', 'X-Baton-Lead-Id', 'X-Test-Mode (test leads)']
const ofBatch = ['Idempotency-Key', 'X-Baton-Batch-Id', 'X-Baton-Batch-Size', 'X-Test-Mode (test leads)']

/** How the request travels. */
export function DeliveryTab({ step, path, problems, set }: StepTabProps) {
  if (step.connection.method === 'email')
    return (
      <SentByMail>
        A mail has no deadline: it is tried again for a day when the mail server does not take it.
      </SentByMail>
    )
  const isBatch = step.connection.method === 'manual' && step.connection.request.batch !== undefined
  return (
    <>
      {step.connection.method === 'manual' ? (
        <ManualFormat step={step} connection={step.connection} path={path} problems={problems} set={set} />
      ) : (
        <dl className="grid max-w-md grid-cols-2 gap-4">
          <Fixed label="Method" value={step.delivery.method} />
          <Fixed label="Format" value="Chosen by the buyer" />
        </dl>
      )}
      <DraftNumber
        label="Give up after"
        className="max-w-60"
        suffix="seconds"
        value={step.delivery.timeout_seconds}
        min={1}
        max={360}
        hint="The whole time a buyer has to answer. Then the outcome is unknown, since it may have taken the lead."
        problems={problemsAt(problems, `${path}.delivery`)}
        onChange={(seconds) => set({ delivery: { ...step.delivery, timeout_seconds: seconds ?? 30 } })}
      />
      <div className="flex flex-col gap-2">
        <p className="font-medium text-sm">Headers that are always sent</p>
        <div className="flex flex-wrap gap-1.5">
          {(isBatch ? ofBatch : ofLead).map((name) => (
            <Badge key={name} className="font-mono font-normal">
              {name}
            </Badge>
          ))}
        </div>
        <p className="max-w-xl text-pretty text-tertiary text-xs">
          Every try of a delivery carries the same Idempotency-Key, so that a buyer can tell a repeat from a new lead.
        </p>
      </div>
    </>
  )
}

/** Format and method of a manual step. `delivery` says the same, and is kept in step. */
function ManualFormat({ step, connection, path, problems, set }: StepTabProps & { connection: ManualConnection }) {
  const { view, revision } = useEditor()
  const { endpoint, request } = connection
  const at = `${path}.connection`
  const save = (part: Partial<Request>, more: Partial<ManualConnection['endpoint']> = {}) => {
    const next = { ...request, ...part }
    const method = more.method ?? endpoint.method
    set({
      connection: { ...connection, endpoint: { ...endpoint, ...more }, request: next },
      delivery: { ...step.delivery, method, format: next.format },
    })
  }
  const part = { request, onChange: save, variables: view.variables, path: `${at}.request`, problems }
  const { batch } = request
  return (
    <>
      <PanelPart title="Format" description="How the buyer's system wants to be told. Its answer is set under Answers.">
        <FormatFields
          {...part}
          method={endpoint.method}
          methodPath={`${at}.endpoint.method`}
          onFormat={(format, method) => save({ format, ...bodyFor(request, format) }, { method })}
        />
        <SoapFields
          key={`soap ${revision} ${request.soap?.operation}`}
          {...part}
          findOperations={findOperationsAction}
          secretTools={{ ...signInTools, secrets: view.flow.secrets }}
          onChoose={({ request: chosen, url }) => save(chosen, { method: 'POST', ...(url && { url }) })}
        />
      </PanelPart>
      <PanelPart title="One by one or together" description="For a buyer that wants leads in bulk.">
        <BatchFields key={`batch ${revision} ${request.format}`} {...part} />
        {batch && <BatchPreview connection={connection} ping={step.ping} />}
      </PanelPart>
    </>
  )
}

/** A batch of two as it would be sent. */
function BatchPreview({ connection, ping }: { connection: ManualConnection; ping: StepTabProps['step']['ping'] }) {
  const { document } = useEditor()
  const preview = useFlowSample(connection, document.fields, ping)
  return (
    <section aria-label="Preview of a batch" className="flex min-w-0 max-w-3xl flex-col gap-2">
      <SamplePreview {...preview} />
      <p className="text-tertiary text-xs">A batch of two, with the sample lead twice.</p>
    </section>
  )
}

const Fixed = ({ label, value }: { label: string; value: string }) => (
  <div className="flex flex-col gap-1.5">
    <dt className="font-medium text-sm">{label}</dt>
    <dd className="flex h-control items-center justify-between gap-2 rounded-lg border bg-muted px-2.5 font-mono text-secondary text-sm">
      {value}
      <span className="inline-flex items-center gap-1 font-sans text-tertiary text-xs">
        <Lock aria-hidden className="size-3" />
        fixed
      </span>
    </dd>
  </div>
)
