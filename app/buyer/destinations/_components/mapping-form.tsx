'use client'

import { type FormEvent, useState, useTransition } from 'react'
import { lastAnswerAction, testAnswerAction } from '@/app/answer-actions'
import { AnswerEditor } from '@/components/answer/answer-editor'
import type { Sendable } from '@/components/destination/mapping-rows'
import { MappingTable } from '@/components/destination/mapping-table'
import { pingChoices } from '@/components/flow/ping-choices'
import { ProblemNotes } from '@/components/flow/problem-notes'
import type { VariableChoice } from '@/components/flow/variable-picker'
import { RefusalAlert } from '@/components/form/form'
import { BatchFields } from '@/components/request/batch-fields'
import { BesideParameters } from '@/components/request/beside-parameters'
import { BodyOrMappings } from '@/components/request/body-or-mappings'
import { placeWords } from '@/components/request/format-words'
import { SamplePreview } from '@/components/request/request-preview'
import { Alert } from '@/components/ui/alert'
import { Card } from '@/components/ui/card'
import type { DestinationView } from '@/lib/destinations/schema'
import type { DestinationConfig, Request } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { invalid, type Refusal } from '@/lib/errors'
import { FormatCard } from './format-card'
import { SaveBar, type Way } from './save-bar'
import { saveDestination } from './save-destination'
import { usePreview } from './use-preview'
import { useSaved } from './use-saved'

type MappingFormProps = {
  destination: DestinationView
  way: Way
  offered: readonly Sendable[]
  variables: readonly VariableChoice[]
  sharedFields: string[] | undefined
}

const sendsEventId = ({ request, endpoint }: DestinationConfig): boolean =>
  /\{[{%][^}]*\bevent_id\b/.test(JSON.stringify([request, endpoint.headers]))

/** What a destination that is pinged can be sent of its own bid. */
const afterPing: readonly Sendable[] = pingChoices({ response: {} }).map(({ path, label }) => ({ path, label }))

/** Said here in the buyer's own words, or at its field. */
const isElsewhere = ({ path, message }: Problem) =>
  path.startsWith('endpoint') ||
  path.startsWith('ping.') ||
  (path.startsWith('request.') && !/^request\.(mappings$|conditional_mappings)/.test(path)) ||
  path.startsWith('response') ||
  message.includes('event_id')

/** What the last test lead was answered. */
function testedAnswer({ lastTest }: DestinationView) {
  const { status, headers, body } = lastTest?.response ?? {}
  return status === undefined ? undefined : { status, body: body ?? '', contentType: headers?.['content-type'] ?? '' }
}

/** Which field goes where, which are required, how the answer is read, and the request that comes of it. */
export function MappingForm({ destination, way, offered, variables, sharedFields }: MappingFormProps) {
  const isOwn = destination.integration === 'sandbox'
  const isLive = destination.status === 'live'
  const [config, setConfig] = useState(destination.config)
  const [repeated, setRepeated] = useState<string[]>([])
  const [refusal, setRefusal] = useState<Refusal>()
  const [isPending, start] = useTransition()
  const saved = useSaved(way, isLive)
  const preview = usePreview(config, sharedFields)
  const problems = preview.value?.problems ?? []
  /** Rises when mappings are put in from outside the table. */
  const [filled, setFilled] = useState(0)
  const setRequest = (part: Partial<Request>) =>
    setConfig((before) => ({ ...before, request: { ...before.request, ...part } }))
  const { request } = config
  const part = {
    request,
    onChange: setRequest,
    variables: [...variables, ...pingChoices(config.ping)],
    path: 'request',
    problems,
  }

  async function save() {
    setRefusal(undefined)
    if (repeated.length > 0) {
      return setRefusal(invalid(`Two lines are named ${repeated.join(', ')}. Give each field its own name.`))
    }
    const { response, required_fields, endpoint } = config
    const hasMoved = JSON.stringify(endpoint) !== JSON.stringify(destination.config.endpoint)
    const changes = { request, required_fields, ...(!isOwn && { response }), ...(hasMoved && { endpoint }) }
    const result = await saveDestination({ id: destination.id, config: changes })
    if (result.ok) saved()
    else setRefusal(result.error)
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    start(save)
  }
  return (
    <form noValidate onSubmit={submit} className="flex max-w-4xl flex-col gap-5">
      {refusal && <RefusalAlert refusal={refusal} />}
      {!isOwn && (
        <FormatCard
          key={`format ${filled}`}
          {...part}
          method={config.endpoint.method}
          secrets={destination.secrets}
          onMethod={(method) => setConfig((before) => ({ ...before, endpoint: { ...before.endpoint, method } }))}
          onFilled={() => setFilled(filled + 1)}
        >
          <BatchFields key={`batch ${request.format}`} {...part} />
        </FormatCard>
      )}
      <Card
        title="Fields"
        description="A lead that lacks a required field is not sent to you. Leave a name empty to leave the field out."
      >
        <BodyOrMappings {...part}>
          <MappingTable
            key={`${request.format} ${filled}`}
            mapped={{ mappings: request.mappings, required: config.required_fields }}
            offered={config.ping ? [...offered, ...afterPing] : offered}
            variables={part.variables}
            problems={problems}
            values={preview.value?.values ?? {}}
            place={placeWords[request.format]}
            onChange={({ mappings, required }, names) => {
              setRepeated([...names])
              setRequest({ mappings })
              setConfig((before) => ({ ...before, required_fields: required }))
            }}
          />
        </BodyOrMappings>
        <BesideParameters {...part} />
        <ProblemNotes problems={problems.filter((problem) => !isElsewhere(problem))} className="mt-2" />
      </Card>
      {!sendsEventId(config) && (
        <Alert kind="warning" title="The event ID is not mapped">
          Returns and conversions are reported with it.{' '}
          {request.batch
            ? 'In a batch nothing else says which lead is which: name it above.'
            : 'It also comes in the header X-Baton-Event-Id; if your system keeps only the fields, name it above.'}
        </Alert>
      )}
      <section aria-label="Preview" className="flex flex-col gap-2">
        <h2 className="font-semibold text-base">
          {request.batch ? 'A batch of two as it would be sent' : 'The test lead as it would be sent'}
        </h2>
        <SamplePreview {...preview} stacked={false} />
      </section>
      <Card
        title="Your answer"
        description={
          isOwn
            ? 'The sandbox answers in a way of its own, which is known already.'
            : 'How we know whether you took the lead.'
        }
      >
        {!isOwn && (
          <AnswerEditor
            side="buyer"
            isBatch={request.batch !== undefined}
            answers={config.response}
            path="response"
            problems={problems}
            firstTried={testedAnswer(destination)}
            tools={{ test: testAnswerAction, last: () => lastAnswerAction({ destination_id: destination.id }) }}
            onChange={(response) => setConfig((before) => ({ ...before, response }))}
          />
        )}
      </Card>
      <SaveBar way={way} isLive={isLive} isPending={isPending} />
    </form>
  )
}
