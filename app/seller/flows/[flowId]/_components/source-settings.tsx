'use client'

import { type Dispatch, type SetStateAction, useState, useTransition } from 'react'
import { DraftArea, DraftNumber, DraftText } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { RuleEditor } from '@/components/flow/rule-editor'
import { RefusalAlert } from '@/components/form/form'
import { Toggle } from '@/components/form/toggle'
import { Button } from '@/components/ui/button'
import { type Rule, SourceSettings as Settings, type SourceSettings, usualBidSeconds } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import type { Refusal } from '@/lib/errors'
import type { CreatedSource, SourceView } from '@/lib/flows/schema'
import type { Result } from '@/lib/result'
import { updateSourceAction } from '../actions'
import { useEditor } from './editor-context'
import { InboundNames } from './inbound-names'
import { PanelPart } from './panel-frame'
import { ruleVariables } from './rule-variables'
import { SourceCaps } from './source-caps'
import { SourceIntroducer } from './source-introducer'
import { asProblems } from './source-problems'
import { SubmissionPreview } from './submission-preview'

const linesOf = (text: string) =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter(Boolean)
const isAnswerField = (name: string) => Settings.shape.response_fields.safeParse([name]).success

function checkOrigins(text: string): string | undefined {
  const wrong = linesOf(text).find((origin) => origin !== '*' && !/^https?:\/\/[^/\s]+$/.test(origin))
  return wrong === undefined
    ? undefined
    : `“${wrong}” is no origin. Write it like https://www.example.com, without a path.`
}
function checkAnswerFields(text: string): string | undefined {
  const wrong = linesOf(text).find((name) => !isAnswerField(name))
  return wrong === undefined
    ? undefined
    : `“${wrong}” can’t be answered. Use outcome, reason, price, lead.id or lead.<field>.`
}

type Part = { settings: SourceSettings; set: Dispatch<SetStateAction<SourceSettings>>; problems: readonly Problem[] }

function PriceAndLimits({ settings, set, problems }: Part) {
  const { document } = useEditor()
  return (
    <>
      <DraftNumber
        label="Price paid to this source"
        optional
        prefix="$"
        value={settings.price?.cost}
        mayBeEmpty
        max={1_000_000}
        placeholder={document.price ? document.price.cost.toFixed(2) : '0.00'}
        hint="Empty: the flow’s price."
        problems={problemsAt(problems, 'price')}
        onChange={(cost) => set(({ price: _, ...now }) => (cost === undefined ? now : { ...now, price: { cost } }))}
      />
      <DraftNumber
        label="Submissions a minute"
        value={settings.rate_limit_per_minute}
        isWhole
        max={1_000_000}
        hint="More are told to wait. 0: no limit."
        problems={problemsAt(problems, 'rate_limit_per_minute')}
        onChange={(rate) => set((now) => ({ ...now, rate_limit_per_minute: rate ?? 0 }))}
      />
      <DraftText
        label="Fields of the answer"
        optional
        mono
        value={settings.response_fields?.join(', ') ?? ''}
        placeholder="outcome, reason, lead.id, price"
        check={checkAnswerFields}
        hint="Empty: outcome, reason, lead.id and price."
        problems={problemsAt(problems, 'response_fields')}
        onChange={(text) =>
          set(({ response_fields: _, ...now }) =>
            linesOf(text).length ? { ...now, response_fields: linesOf(text) } : now,
          )
        }
      />
    </>
  )
}

const usualPings: NonNullable<SourceSettings['pings']> = { allowed: true, valid_seconds: usualBidSeconds }

/** What is bid to a source that asks before it submits. */
function Pings({ settings, set, problems }: Part) {
  const pings = settings.pings ?? usualPings
  const change = (part: Partial<NonNullable<SourceSettings['pings']>>) =>
    set((now) => ({ ...now, pings: { ...usualPings, ...now.pings, ...part } }))
  return (
    <div className="flex flex-col gap-4">
      <Toggle
        label="May ask for a bid"
        hint="A ping asks what a lead would be paid before it is submitted. Off: it is refused."
        checked={pings.allowed}
        onChange={(allowed) => change({ allowed })}
      />
      {pings.allowed && (
        <div className="grid gap-4 sm:grid-cols-2">
          <DraftNumber
            label="Margin kept of a bid"
            optional
            suffix="%"
            value={pings.margin_percent}
            mayBeEmpty
            max={100}
            hint="The bid is what buyers pay less this. Empty: the bid is the price above."
            problems={problemsAt(problems, 'pings.margin_percent')}
            onChange={(percent) => change({ margin_percent: percent })}
          />
          <DraftNumber
            label="A bid is honoured for"
            suffix="seconds"
            value={pings.valid_seconds}
            isWhole
            min={5}
            max={86_400}
            problems={problemsAt(problems, 'pings.valid_seconds')}
            onChange={(seconds) => change({ valid_seconds: seconds ?? usualBidSeconds })}
          />
        </div>
      )}
    </div>
  )
}

function Criteria({ settings, set, problems }: Part) {
  const { view } = useEditor()
  const setAcceptance = (rule: Rule | undefined, reason: string) =>
    set(({ acceptance: _, ...now }) => (rule === undefined ? now : { ...now, acceptance: { rule, reason } }))
  return (
    <>
      <RuleEditor
        label="Accept from this source only when"
        hint="On top of what the flow itself asks for."
        rule={settings.acceptance?.rule}
        variables={ruleVariables(view.variables)}
        problems={problemsAt(problems, 'acceptance.rule')}
        onChange={(rule) => setAcceptance(rule, settings.acceptance?.reason ?? '')}
      />
      {settings.acceptance && (
        <DraftText
          label="Reason given to this source"
          optional
          value={settings.acceptance.reason}
          maxLength={500}
          problems={problemsAt(problems, 'acceptance.reason')}
          onChange={(reason) => setAcceptance(settings.acceptance?.rule, reason)}
        />
      )}
    </>
  )
}

function NamesAndOrigins({ settings, set, problems }: Part) {
  const { document } = useEditor()
  return (
    <>
      <div className="flex flex-col gap-2">
        <span className="font-medium text-sm">Names that this source uses</span>
        <InboundNames
          mappings={settings.mappings}
          fields={document.fields}
          problems={problemsAt(problems, 'mappings')}
          onChange={(mappings) => set((now) => ({ ...now, mappings }))}
        />
        <SubmissionPreview
          fields={document.fields}
          flowMappings={document.mappings}
          sourceMappings={settings.mappings}
          country={document.country ?? null}
        />
      </div>
      <DraftArea
        label="Websites that may submit from the browser"
        optional
        mono
        rows={2}
        value={settings.cors_origins.join('\n')}
        check={checkOrigins}
        placeholder="https://www.example.com"
        hint="One origin a line (CORS). Servers need none of this."
        problems={problemsAt(problems, 'cors_origins')}
        onChange={(text) => set((now) => ({ ...now, cors_origins: linesOf(text) }))}
      />
    </>
  )
}

type SourceSettingsFormProps = { source: SourceView; onSaved: (result: Result<CreatedSource>) => Promise<void> }

/** What a source adds to its flow, saved together. */
export function SourceSettingsForm({ source, onSaved }: SourceSettingsFormProps) {
  const [name, setName] = useState(source.name)
  const [settings, set] = useState<SourceSettings>(source.settings)
  const [refusal, setRefusal] = useState<Refusal>()
  const [isPending, start] = useTransition()
  const problems = asProblems(refusal)
  const isChanged = name.trim() !== source.name || JSON.stringify(settings) !== JSON.stringify(source.settings)

  const save = () =>
    start(async () => {
      // The webhook has a form of its own.
      const {
        partner_id = null,
        acceptance = null,
        price = null,
        pings = null,
        caps = null,
        response_fields = null,
        webhook: _,
        ...rest
      } = settings
      const result = await updateSourceAction({
        flowId: source.flowId,
        sourceId: source.id,
        name: name.trim(),
        settings: { ...rest, partner_id, acceptance, price, pings, caps, response_fields },
      })
      setRefusal(result.ok ? undefined : result.error)
      if (!result.ok) return
      set(result.value.settings)
      await onSaved(result)
    })

  const part = { settings, set, problems }
  return (
    <PanelPart title="Settings" className="gap-5">
      {refusal && <RefusalAlert refusal={{ ...refusal, issues: [] }} />}
      <div className="grid gap-4 sm:grid-cols-2">
        <DraftText
          label="Name"
          value={name}
          maxLength={120}
          problems={problemsAt(problems, 'name')}
          check={(text) => (text.trim() === '' ? 'Give the source a name.' : undefined)}
          onChange={setName}
        />
        <SourceIntroducer {...part} />
        <PriceAndLimits {...part} />
      </div>
      <Pings {...part} />
      <Criteria {...part} />
      <SourceCaps {...part} sourceId={source.id} />
      <NamesAndOrigins {...part} />
      <div className="flex items-center gap-3">
        <Button pending={isPending} disabled={!isChanged} onClick={save}>
          Save settings
        </Button>
        {isChanged && !isPending && <span className="text-sm text-tertiary">Not saved yet</span>}
      </div>
    </PanelPart>
  )
}
