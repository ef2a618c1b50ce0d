'use client'

import { type FormEvent, useState, useTransition } from 'react'
import { AnswerForm } from '@/components/destination/answer-form'
import type { Sendable } from '@/components/destination/mapping-rows'
import { MappingTable } from '@/components/destination/mapping-table'
import { RequestPreview } from '@/components/destination/request-preview'
import { ProblemNotes } from '@/components/flow/problem-notes'
import type { VariableChoice } from '@/components/flow/variable-picker'
import { RefusalAlert } from '@/components/form/form'
import { Alert } from '@/components/ui/alert'
import { Card } from '@/components/ui/card'
import type { DestinationView } from '@/lib/destinations/schema'
import type { DestinationConfig } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { invalid, type Refusal } from '@/lib/errors'
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

function sendsEventId({ request, endpoint }: DestinationConfig): boolean {
  const conditional = request.conditional_mappings?.flatMap(({ mappings }) => Object.values(mappings)) ?? []
  const sources = [...Object.values(request.mappings), ...conditional, ...Object.values(endpoint.headers)]
  return sources.some((source) => /\{[{%].*\bevent_id\b/s.test(String(source)))
}

/** Said here in the buyer's own words, or at its field. */
const isElsewhere = ({ path, message }: Problem) =>
  path.startsWith('endpoint') ||
  /^request\.mappings\../.test(path) ||
  path.startsWith('response') ||
  message.includes('event_id')

/** Which field goes where, which are required, how the answer is read, and the request that comes of it. */
export function MappingForm({ destination, way, offered, variables, sharedFields }: MappingFormProps) {
  const isOwn = destination.integration === 'sandbox'
  const isLive = destination.status === 'live'
  const [config, setConfig] = useState(destination.config)
  const [repeated, setRepeated] = useState<string[]>([])
  const [refusal, setRefusal] = useState<Refusal>()
  const [isPending, start] = useTransition()
  const saved = useSaved(way, isLive)
  const { request, problems, isStale } = usePreview(config, sharedFields)

  async function save() {
    setRefusal(undefined)
    if (repeated.length > 0) {
      return setRefusal(invalid(`Two lines are named ${repeated.join(', ')}. Give each field its own name.`))
    }
    const { request: mapped, response, required_fields } = config
    const changes = { request: mapped, required_fields, ...(!isOwn && { response }) }
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
      <Card
        title="Fields"
        description="A lead that lacks a required field is not sent to you. Leave a name empty to leave the field out."
      >
        <MappingTable
          mapped={{ mappings: config.request.mappings, required: config.required_fields }}
          offered={offered}
          variables={variables}
          problems={problems}
          onChange={({ mappings, required }, names) => {
            setRepeated([...names])
            setConfig((before) => ({ ...before, request: { ...before.request, mappings }, required_fields: required }))
          }}
        />
        <ProblemNotes problems={problems.filter((problem) => !isElsewhere(problem))} className="mt-2" />
      </Card>
      {!sendsEventId(config) && (
        <Alert kind="warning" title="The event ID is not mapped">
          Returns and conversions are reported with it. It also comes in the header X-Baton-Event-Id; if your system
          keeps only the fields, name it above.
        </Alert>
      )}
      <section aria-label="Preview" className="flex flex-col gap-2">
        <h2 className="font-semibold text-base">The test lead as it would be sent</h2>
        <RequestPreview request={request} isStale={isStale} />
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
          <AnswerForm
            answers={config.response}
            problems={problems}
            onChange={(response) => setConfig((before) => ({ ...before, response }))}
          />
        )}
      </Card>
      <SaveBar way={way} isLive={isLive} isPending={isPending} />
    </form>
  )
}
