'use client'

import { Gavel } from 'lucide-react'
import { type Dispatch, type FormEvent, type SetStateAction, useState, useTransition } from 'react'
import { testAnswerAction } from '@/app/answer-actions'
import { AnswerEditor } from '@/components/answer/answer-editor'
import { alwaysSendable, mappingsFor, type Sendable } from '@/components/destination/mapping-rows'
import { MappingTable } from '@/components/destination/mapping-table'
import { DraftNumber, DraftText } from '@/components/flow/draft-field'
import { ProblemNotes, problemsAt } from '@/components/flow/problem-notes'
import { RefusalAlert } from '@/components/form/form'
import { Tick, Toggle } from '@/components/form/toggle'
import { BesideParameters } from '@/components/request/beside-parameters'
import { BodyOrMappings } from '@/components/request/body-or-mappings'
import { placeWords } from '@/components/request/format-words'
import type { RequestPartProps } from '@/components/request/request-part'
import { SamplePreview } from '@/components/request/request-preview'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import type { DestinationView } from '@/lib/destinations/schema'
import type { DestinationPing, Request } from '@/lib/engine/schema'
import type { MappedValue, Problem } from '@/lib/engine/types'
import { invalid, type Refusal } from '@/lib/errors'
import type { Told } from '../_frame/context'
import { FormatCard } from './format-card'
import { SaveBar } from './save-bar'
import { saveDestination } from './save-destination'
import { TryPing } from './try-ping'
import { usePingPreview } from './use-preview'
import { useSaved } from './use-saved'
import { isPlainHttp } from './where-fields'

type PingFormProps = {
  destination: DestinationView
  told: Told
  /** The connection that a test ping is said to come through. */
  testThrough?: string
}

const isOfLead = ({ path }: Sendable) => !alwaysSendable.some((one) => one.path === path)

/** A ping to the address of the delivery, that is told all it may be. */
const newPing = ({ config }: DestinationView, offered: readonly Sendable[]): DestinationPing => ({
  active: true,
  endpoint: { url: config.endpoint.url, method: 'POST' },
  request: { format: 'json', mappings: mappingsFor(offered.filter(isOfLead)) },
  response: {
    success_codes: [200, 201, 202, 204],
    parser: { type: 'json', price_path: 'price', id_path: 'ping_id', reason_path: 'reason' },
  },
})

/** How a buyer is asked for its bid before a seller gives a lead away. */
export function PingForm({ destination, told, testThrough }: PingFormProps) {
  const [ping, setPing] = useState(destination.config.ping)
  if (!ping)
    return (
      <EmptyState
        icon={<Gavel />}
        title="Nobody asks you for bids"
        action={<Button onClick={() => setPing(newPing(destination, told.offered))}>Set up a ping</Button>}
      >
        With a ping you say of each lead what it is worth to you, before you know whose it is. The best bid gets the
        lead. It is sent to an address of your choice, with the credentials of this destination.
      </EmptyState>
    )
  return <Editor {...{ destination, told, ping, setPing }} {...(testThrough && { testThrough })} />
}

/** Said at its own field, or of the delivery. */
const isElsewhere = ({ path }: Problem) =>
  !path.startsWith('ping.request') ||
  (path.startsWith('ping.request.') && !/^ping\.request\.(mappings$|conditional_mappings)/.test(path))

type EditorProps = PingFormProps & {
  ping: DestinationPing
  setPing: Dispatch<SetStateAction<DestinationPing | undefined>>
}

function Editor({ destination, told, testThrough, ping, setPing }: EditorProps) {
  const { id, config, status, insecureConfirmed } = destination
  const isLive = status === 'live'
  const [repeated, setRepeated] = useState<string[]>([])
  const [isConfirmed, setConfirmed] = useState(insecureConfirmed)
  const [refusal, setRefusal] = useState<Refusal>()
  const [isPending, start] = useTransition()
  const saved = useSaved({ mode: 'edit' }, isLive)
  const preview = usePingPreview({ ...config, ping }, told.pingFields)
  const problems = preview.value?.problems ?? []
  /** Rises when mappings are put in from outside the table. */
  const [filled, setFilled] = useState(0)
  const { endpoint, request } = ping
  const isPlain = isPlainHttp(endpoint.url)
  /** Two parts may change at once: each sees what the other has made of it. */
  const change: Change = (to) => setPing((before) => before && to(before))
  const set = (part: Partial<DestinationPing>) => change((is) => ({ ...is, ...part }))
  const setRequest = (part: Partial<Request>) => change((is) => ({ ...is, request: { ...is.request, ...part } }))
  const part = { request, onChange: setRequest, variables: told.variables, path: 'ping.request', problems }
  const isSaved = JSON.stringify(ping) === JSON.stringify(config.ping)

  async function save() {
    setRefusal(undefined)
    if (repeated.length > 0)
      return setRefusal(invalid(`Two lines are named ${repeated.join(', ')}. Give each field its own name.`))
    if (isPlain && !isConfirmed)
      return setRefusal(invalid('Say that you know what an unencrypted address means, or use https://.'))
    const result = await saveDestination({ id, config: { ping }, ...(isPlain && { insecureConfirmed: true }) })
    if (result.ok) saved()
    else setRefusal(result.error)
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    start(save)
  }
  return (
    <div className="flex max-w-4xl flex-col gap-5">
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        {refusal && <RefusalAlert refusal={refusal} />}
        <Card>
          <Toggle
            label="Bid when sellers ask"
            hint="Off: you are not asked, and stand among the others with the price that was agreed. What is set up here stays."
            checked={ping.active}
            onChange={(active) => set({ active })}
          />
        </Card>
        {told.pingFields?.length === 0 && (
          <Alert kind="warning" title="Your sellers tell nothing in a ping so far">
            You are asked for bids as soon as one lets you know a field before you buy.
          </Alert>
        )}
        <WhereAsked {...{ ping, problems, isConfirmed, setConfirmed, change }} />
        <FormatCard
          key={`format ${filled}`}
          {...part}
          description="How your system takes the question. The method goes with it."
          method={endpoint.method}
          methodPath="ping.endpoint.method"
          secrets={destination.secrets}
          onMethod={(method) => change((is) => ({ ...is, endpoint: { ...is.endpoint, method } }))}
          onFilled={() => setFilled(filled + 1)}
        />
        <WhatIsTold
          key={`told ${request.format} ${filled}`}
          {...part}
          offered={told.offered}
          values={preview.value?.values ?? {}}
          onRepeated={setRepeated}
        />
        <section aria-label="Preview" className="flex flex-col gap-2">
          <h2 className="font-semibold text-base">The test ping as it would be sent</h2>
          <SamplePreview {...preview} stacked={false} />
        </section>
        <Card
          title="Your bid"
          description="What you bid is what you pay. Among the fields of the delivery {{ping.id}} is the reference that your answer gives, {{ping.price}} the bid."
        >
          <AnswerEditor
            side="ping"
            answers={ping.response}
            path="ping.response"
            problems={problems}
            prefix="ping"
            tools={{ test: testAnswerAction }}
            onChange={(response) => set({ response })}
          />
        </Card>
        <SaveBar way={{ mode: 'edit' }} isLive={isLive} isPending={isPending} />
      </form>
      <TryPing id={id} isReady={isSaved && ping.active} {...(testThrough && { testThrough })} />
    </div>
  )
}

type Change = (to: (ping: DestinationPing) => DestinationPing) => void
type WhereAskedProps = {
  ping: DestinationPing
  problems: readonly Problem[]
  isConfirmed: boolean
  setConfirmed: (isConfirmed: boolean) => void
  change: Change
}

/** Its address, and how long it may take; one that is not encrypted has to be confirmed. */
function WhereAsked({ ping, problems, isConfirmed, setConfirmed, change }: WhereAskedProps) {
  const { url } = ping.endpoint
  return (
    <Card
      title="Where you are asked"
      description="Signed in to like the destination itself, with the same extra headers."
    >
      <div className="flex flex-col gap-4">
        <DraftText
          label="URL"
          mono
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          maxLength={2000}
          value={url}
          hint="It may be another one than the leads go to. Only you see this address."
          problems={problemsAt(problems, 'ping.endpoint.url').filter(({ severity }) => severity === 'error')}
          onChange={(text) => change((is) => ({ ...is, endpoint: { ...is.endpoint, url: text.trim() } }))}
        />
        {isPlainHttp(url) && (
          <Alert kind="warning" title="This address is not encrypted">
            <p className="mb-2">Anyone on the way can read what is asked, your bid and your credential.</p>
            <Tick
              label="I know, and want to be asked unencrypted all the same"
              checked={isConfirmed}
              onChange={setConfirmed}
            />
          </Alert>
        )}
        <DraftNumber
          label="Give up after"
          optional
          className="max-w-60"
          suffix="seconds"
          value={ping.timeout_seconds}
          min={0.1}
          max={60}
          mayBeEmpty
          hint="Empty: as long as the seller waits for bids, which is often a second or two."
          problems={problemsAt(problems, 'ping.timeout_seconds')}
          onChange={(seconds) =>
            change(({ timeout_seconds: _, ...rest }) =>
              seconds === undefined ? rest : { ...rest, timeout_seconds: seconds },
            )
          }
        />
      </div>
    </Card>
  )
}

type WhatIsToldProps = RequestPartProps & {
  offered: readonly Sendable[]
  values: Readonly<Record<string, MappedValue>>
  onRepeated: (names: string[]) => void
}

/** Which of the fields that may be told are asked about, and what the buyer calls them. */
function WhatIsTold({ offered, values, onRepeated, ...part }: WhatIsToldProps) {
  const { request, onChange, variables, problems } = part
  return (
    <Card
      title="What you are told"
      description="What your sellers let you know before you buy. Leave a name empty to leave the field out."
    >
      <BodyOrMappings {...part}>
        <MappingTable
          isPing
          path="ping.request.mappings"
          mapped={{ mappings: request.mappings, required: [] }}
          {...{ offered, variables, problems, values }}
          place={placeWords[request.format]}
          onChange={({ mappings }, names) => {
            onRepeated([...names])
            onChange({ mappings })
          }}
        />
      </BodyOrMappings>
      <BesideParameters {...part} />
      <ProblemNotes problems={problems.filter((problem) => !isElsewhere(problem))} className="mt-2" />
    </Card>
  )
}
