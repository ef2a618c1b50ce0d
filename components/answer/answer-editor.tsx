'use client'

import { type ReactNode, useState } from 'react'
import type { ParserType, ResponseSpec } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { DraftFrame, DraftNumber, DraftText } from '../flow/draft-field'
import { ProblemNotes, problemsAt } from '../flow/problem-notes'
import { NativeSelect } from '../ui/native-select'
import { AnswerTester, type AnswerTools, type TriedAnswer, useTried } from './answer-tester'
import { checkCodes, codesOf, kinds } from './answer-words'
import { CaptureRows } from './capture-rows'
import { ConditionRows } from './condition-rows'
import { ItemFields, PathFields, placeholderOf, type Side } from './path-fields'

type AnswerEditorProps = {
  side: Side
  answers: ResponseSpec
  onChange: (answers: ResponseSpec) => void
  /** Where the settings stand in the document that the problems are of. */
  path: string
  problems: readonly Problem[]
  tools: AnswerTools
  /** What is tried first: the last test's answer, where there is one. */
  firstTried?: TriedAnswer | undefined
  /** How later steps call captured values; absent where nobody can read them. */
  prefix?: string | undefined
  /** The answer is to several leads. */
  isBatch?: boolean
  /** Rises when the settings come from elsewhere: the rows start over. */
  revision?: number
}

const nothingTried: TriedAnswer = { status: 200, contentType: '', body: '' }

function Part({ title, children, hint }: { title: string; hint: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-2.5">
      <div>
        <h3 className="font-semibold text-sm">{title}</h3>
        <p className="text-pretty text-sm text-tertiary">{hint}</p>
      </div>
      {children}
    </section>
  )
}

/**
 * Leaves out what says nothing, so that an untouched part is not in the document. A parser demands that an accepted
 * answer is of its kind: conditions and captures in JSON need none.
 */
function tidy({ parser, conditions, capture, ...rest }: ResponseSpec): ResponseSpec {
  const keepsParser = parser && (Object.keys(parser).length > 1 || parser.type !== 'json')
  return {
    ...rest,
    ...(keepsParser && { parser }),
    ...(conditions && conditions.length > 0 && { conditions }),
    ...(capture && Object.keys(capture).length > 0 && { capture }),
  }
}

/** How a buyer's answer is read, for the seller that configures the buyer or the buyer itself, with a live try. */
export function AnswerEditor(props: AnswerEditorProps) {
  const { side, answers, path, problems, tools, firstTried, prefix, isBatch, revision = 0 } = props
  const [tried, setTried] = useState(firstTried ?? nothingTried)
  const shown = useTried(answers, tried, tools.test)
  const parser = answers.parser ?? { type: 'json' as const }
  const onChange = (part: Partial<ResponseSpec>) => props.onChange(tidy({ ...answers, ...part }))
  const at = (key: string) => problemsAt(problems, `${path}.${key}`)
  const placeholder = placeholderOf(parser.type, 'status')
  const conditions = answers.conditions ?? []
  return (
    <div className="grid min-w-0 items-start gap-6 xl:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-6">
        <Codes side={side} answers={answers} at={at} onChange={props.onChange} />
        <Kind
          type={parser.type}
          problems={at('parser.type')}
          onChange={(type) => onChange({ parser: { ...parser, type } })}
        />
        {(isBatch || parser.items_path !== undefined) && (
          <Part title="An answer for each lead" hint={itemHint}>
            <ItemFields
              parser={parser}
              path={`${path}.parser`}
              problems={problems}
              onChange={(next) => onChange({ parser: next })}
            />
          </Part>
        )}
        <PathFields
          side={side}
          parser={parser}
          path={`${path}.parser`}
          problems={problems}
          onChange={(next) => onChange({ parser: next })}
        />
        <Part
          title="Conditions"
          hint="In their order, before all else: the first that fits the answer decides. None fits: codes and paths above decide."
        >
          <ConditionRows
            key={revision}
            side={side}
            conditions={conditions}
            path={`${path}.conditions`}
            problems={problems}
            placeholder={placeholder}
            deciding={shown.value?.decided.by === 'condition' ? decidingOf(shown.value.decided.at) : undefined}
            onChange={(next) => onChange({ conditions: next })}
          />
        </Part>
        <Part title="Captured values" hint={captureHint[side]}>
          <CaptureRows
            key={revision}
            capture={answers.capture ?? {}}
            path={`${path}.capture`}
            problems={problems}
            placeholder={placeholderOf(parser.type, 'score')}
            prefix={prefix}
            onChange={(capture) => onChange({ capture })}
          />
        </Part>
        <Otherwise side={side} answers={answers} at={at} onChange={props.onChange} />
      </div>
      <div className="min-w-0 xl:sticky xl:top-32">
        <AnswerTester
          side={side}
          tried={tried}
          onChange={setTried}
          shown={shown}
          {...(tools.last && { last: tools.last })}
        />
      </div>
    </div>
  )
}

const decidingOf = (at: string | undefined) => Number(/^conditions\.(\d+)$/.exec(at ?? '')?.[1] ?? -1)

const itemHint =
  'Empty: one answer holds for the whole batch. With a list, what is below is looked for in each of its items.'

const captureHint: Record<Side, string> = {
  seller: 'Further values of the answer, for rules and mappings of later steps and for the source’s answer.',
  lookup: 'Values of the answer, for rules and mappings of later steps: what the service is asked for.',
  ping: 'Further values of the answer: a capture “token” stands in the delivery as {{ping.token}}.',
  buyer: 'Further values of your answer, kept with the event for you to see. The seller does not see them.',
}

type PartProps = {
  answers: ResponseSpec
  at: (key: string) => Problem[]
  onChange: (answers: ResponseSpec) => void
}

/** Sets one optional setting, or takes it out. */
function without<Key extends keyof ResponseSpec>(
  answers: ResponseSpec,
  key: Key,
  value: ResponseSpec[Key] | undefined,
) {
  const { [key]: _, ...rest } = answers
  return (value === undefined ? rest : { ...rest, [key]: value }) as ResponseSpec
}

function Codes({ side, answers, at, onChange }: PartProps & { side: Side }) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <DraftText
        label={side === 'buyer' ? 'Codes that mean the lead was taken' : 'Success codes'}
        mono
        value={answers.success_codes.join(', ')}
        check={checkCodes(false)}
        onChange={(text) => onChange({ ...answers, success_codes: codesOf(text) })}
        hint={`An answer with one of these may be ${side === 'lookup' ? 'a success' : 'an acceptance'}.`}
        problems={at('success_codes')}
      />
      <DraftText
        label={side === 'buyer' ? 'Codes that mean something is broken' : 'Error codes'}
        optional
        mono
        value={answers.error_codes?.join(', ') ?? ''}
        check={checkCodes(true)}
        onChange={(text) => onChange(without(answers, 'error_codes', text.trim() === '' ? undefined : codesOf(text)))}
        hint="Besides 5xx, 408, 429 and what says the address or key is wrong."
        problems={at('error_codes')}
      />
    </div>
  )
}

type KindProps = { type: ParserType; problems: readonly Problem[]; onChange: (type: ParserType) => void }

function Kind({ type, problems, onChange }: KindProps) {
  const { example, paths } = kinds[type]
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <DraftFrame label="The answer is" className="max-w-60" problems={problems}>
        {(control) => (
          <NativeSelect {...control} value={type} onChange={(event) => onChange(event.target.value as ParserType)}>
            {Object.entries(kinds).map(([kind, { label }]) => (
              <option key={kind} value={kind}>
                {label}
              </option>
            ))}
          </NativeSelect>
        )}
      </DraftFrame>
      <p className="text-pretty text-tertiary text-xs">
        {paths} For example in <code className="break-all font-mono">{example}</code>
      </p>
    </div>
  )
}

function Otherwise({ side, answers, at, onChange }: PartProps & { side: Side }) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <DraftText
        label="Reason when it gives none"
        optional
        value={answers.default_reason ?? ''}
        maxLength={500}
        placeholder="Not wanted"
        hint={
          side === 'lookup'
            ? 'For a failure; a success has no reason.'
            : 'For a refusal; an accepted lead has no reason.'
        }
        onChange={(text) => onChange(without(answers, 'default_reason', text.trim() || undefined))}
        problems={at('default_reason')}
      />
      {side !== 'lookup' && (
        <DraftNumber
          label="Price when it names none"
          optional
          prefix="$"
          value={answers.fallback_price}
          mayBeEmpty
          max={1_000_000}
          hint={side === 'ping' ? 'The bid then, whatever the step’s price is.' : 'Wins over the step’s price.'}
          onChange={(price) => onChange(without(answers, 'fallback_price', price))}
          problems={at('fallback_price')}
        />
      )}
      <DraftText
        label="Content type to hold it to"
        optional
        mono
        value={answers.content_type ?? ''}
        maxLength={200}
        placeholder="text/xml; charset=iso-8859-1"
        hint="Where the answer’s own is wrong, its charset above all."
        onChange={(text) => onChange(without(answers, 'content_type', text.trim() || undefined))}
        problems={at('content_type')}
      />
      <ProblemNotes
        className="sm:col-span-2"
        problems={at('conditions').filter(({ path }) => path.endsWith('conditions'))}
      />
    </div>
  )
}
