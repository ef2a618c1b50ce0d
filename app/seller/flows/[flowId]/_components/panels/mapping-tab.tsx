'use client'

import { useState } from 'react'
import { ConditionalMappings } from '@/components/flow/conditional-mappings'
import type { ManualConnection } from '@/components/flow/draft-document'
import { MappingEditor } from '@/components/flow/mapping-editor'
import { pingChoices } from '@/components/flow/ping-choices'
import { ProblemNotes, problemsAt } from '@/components/flow/problem-notes'
import { BesideParameters } from '@/components/request/beside-parameters'
import { BodyOrMappings } from '@/components/request/body-or-mappings'
import { formatLine, placeWords } from '@/components/request/format-words'
import { SamplePreview } from '@/components/request/request-preview'
import { Button } from '@/components/ui/button'
import type { BuyerStep, Request } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { PanelPart } from '../panel-frame'
import { ruleVariables } from '../rule-variables'
import { useFlowSample } from '../use-flow-sample'
import { ConfiguredByBuyer } from './configured-by-buyer'
import { SentByMail } from './sent-by-mail'
import type { StepTabProps } from './step-tab'

/** What goes into the request, beside the request itself. */
export function MappingTab({ step, path, problems, set }: StepTabProps) {
  const { connection } = step
  if (connection.method === 'invite')
    return (
      <ConfiguredByBuyer>
        The buyer chooses which of the {connection.shared_fields.length} shared fields it takes, and what it calls them.
        What is shared stands under Connection.
      </ConfiguredByBuyer>
    )
  if (connection.method === 'email')
    return (
      <SentByMail>
        What the mail says stands under Email: every field of the flow, or what your template names.
      </SentByMail>
    )
  return (
    <ManualMapping
      connection={connection}
      path={`${path}.connection.request`}
      problems={problems}
      ping={step.ping}
      onChange={(next) => set({ connection: next })}
    />
  )
}

type ManualMappingProps = {
  connection: ManualConnection
  path: string
  problems: StepTabProps['problems']
  ping: BuyerStep['ping']
  onChange: (connection: ManualConnection) => void
}

const sendsEventId = ({ request, endpoint }: ManualConnection) =>
  JSON.stringify([request, endpoint.headers]).includes('event_id')

function ManualMapping({ connection, path, problems, ping, onChange }: ManualMappingProps) {
  const { document, view, revision } = useEditor()
  /** Rises when a row is put in from outside the rows. */
  const [added, setAdded] = useState(0)
  const { request } = connection
  const { feedback, fields } = document
  const preview = useFlowSample(connection, fields, ping)
  const set = (part: Partial<Request>) => onChange({ ...connection, request: { ...request, ...part } })
  function addEventId() {
    set({ mappings: { event_id: '{{event_id}}', ...request.mappings } })
    setAdded(added + 1)
  }
  const lacksEventId = (feedback.return.allowed || feedback.conversion.allowed) && !sendsEventId(connection)
  const known = problemsAt(problems, path)
  const variables = [...view.variables, ...pingChoices(ping)]
  const part = { request, onChange: set, variables, path, problems: known }
  const onMappings = known.filter((problem) => problem.path === path || problem.path === `${path}.mappings`)
  return (
    <div className="grid min-w-0 items-start gap-6 xl:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-6">
        <PanelPart
          title="What is sent"
          description={`${formatLine(connection.endpoint.method, request.format)}, as set under Delivery. ${placeWords[request.format].hint}`}
        >
          <BodyOrMappings {...part}>
            <ProblemNotes problems={onMappings} />
            {lacksEventId && (
              <Button size="sm" className="self-start" onClick={addEventId}>
                Map event_id
              </Button>
            )}
            <MappingEditor
              key={`${revision} ${added}`}
              mappings={request.mappings}
              variables={variables}
              path={`${path}.mappings`}
              problems={known}
              fields={fields.map(({ name }) => name)}
              place={placeWords[request.format]}
              {...(preview.value && { values: preview.value.values })}
              onChange={(mappings) => set({ mappings })}
            />
          </BodyOrMappings>
        </PanelPart>
        <BesideParameters key={`beside ${revision}`} {...part} />
        {request.body === undefined && (
          <PanelPart title="Only for some leads" description="Added to the request when the condition is met.">
            <ConditionalMappings
              key={revision}
              blocks={request.conditional_mappings ?? []}
              variables={ruleVariables(view.variables)}
              path={`${path}.conditional_mappings`}
              problems={known}
              onChange={(blocks) => set({ conditional_mappings: blocks })}
            />
          </PanelPart>
        )}
      </div>
      <section aria-label="Preview" className="flex min-w-0 flex-col gap-2 xl:sticky xl:top-32">
        <SamplePreview {...preview} />
        <p className="text-tertiary text-xs">The sample lead as it would be sent. Ids of test leads carry TEST_.</p>
      </section>
    </div>
  )
}
