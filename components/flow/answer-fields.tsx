'use client'

import type { z } from 'zod'
import type { ResponseSpec } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { DraftText } from './draft-field'
import { problemsAt } from './problem-notes'

type Answers = z.infer<typeof ResponseSpec>
type Parser = NonNullable<Answers['parser']>

const codesOf = (text: string) =>
  text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(Number)
const checkCodes = (mayBeEmpty: boolean) => (text: string) => {
  const codes = codesOf(text)
  if (codes.length === 0) return mayBeEmpty ? undefined : 'Give at least one code, like 200.'
  return codes.every((code) => Number.isInteger(code) && code >= 100 && code <= 599)
    ? undefined
    : 'Give HTTP codes from 100 to 599, with commas.'
}

/** The text of a success value as it is typed: true, 1 and accepted are told apart by what they look like. */
function successValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?(?:0|[1-9]\d*)$/.test(text) ? Number(text) : text
}

const paths = [
  {
    key: 'id_path',
    label: 'Buyer’s lead ID at',
    placeholder: 'lead_id',
    hint: 'Kept with the event, to find the lead at the buyer.',
  },
  {
    key: 'price_path',
    label: 'Price at',
    placeholder: 'payout',
    hint: 'What the buyer pays, when its answer says so.',
  },
  {
    key: 'reason_path',
    label: 'Reason at',
    placeholder: 'rejection_reason',
    hint: 'Why it was refused, in the buyer’s words.',
  },
] as const

type AnswerFieldsProps = {
  answers: Answers
  onChange: (answers: Answers) => void
  path: string
  problems?: readonly Problem[]
}

/** How the buyer's answer is read. */
export function AnswerFields({ answers, onChange, path, problems = [] }: AnswerFieldsProps) {
  const parser: Parser = answers.parser ?? { type: 'json' }
  function setParser(key: keyof Parser, value: string | number | boolean | undefined) {
    const { [key]: _, ...rest } = parser
    const next = { ...rest, type: 'json' as const, ...(value !== undefined && value !== '' && { [key]: value }) }
    const { parser: __, ...others } = answers
    onChange(Object.keys(next).length > 1 ? { ...others, parser: next } : others)
  }
  const at = (key: string) => problemsAt(problems, `${path}.${key}`)
  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-3 sm:grid-cols-2">
        <DraftText
          label="Success codes"
          mono
          value={answers.success_codes.join(', ')}
          check={checkCodes(false)}
          onChange={(text) => onChange({ ...answers, success_codes: codesOf(text) })}
          hint="An answer with one of these may be an acceptance."
          problems={at('success_codes')}
        />
        <DraftText
          label="Error codes"
          optional
          mono
          value={answers.error_codes?.join(', ') ?? ''}
          check={checkCodes(true)}
          onChange={(text) => {
            const { error_codes: _, ...rest } = answers
            onChange(text.trim() === '' ? rest : { ...rest, error_codes: codesOf(text) })
          }}
          hint="Besides 5xx, 408, 429 and what says the address or key is wrong."
          problems={at('error_codes')}
        />
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <DraftText
          label="Accepted when the answer’s"
          optional
          mono
          placeholder="status"
          value={parser.success_path ?? ''}
          maxLength={200}
          onChange={(text) => setParser('success_path', text.trim())}
          hint="A path in the JSON answer, like result.status. Empty: the code alone decides."
          problems={at('parser.success_path')}
        />
        <DraftText
          label="is"
          optional
          mono
          placeholder="accepted"
          value={parser.success_value === undefined ? '' : String(parser.success_value)}
          maxLength={200}
          onChange={(text) => setParser('success_value', successValue(text.trim()))}
          hint="Empty: any value that is not blank or false."
          problems={at('parser.success_value')}
        />
        {paths.map(({ key, label, placeholder, hint }) => (
          <DraftText
            key={key}
            label={label}
            optional
            mono
            placeholder={placeholder}
            value={parser[key] ?? ''}
            maxLength={200}
            onChange={(text) => setParser(key, text.trim())}
            hint={hint}
            problems={at(`parser.${key}`)}
          />
        ))}
      </div>
      <AnswerWords answers={answers} />
    </div>
  )
}

function AnswerWords({ answers: { success_codes, error_codes, parser } }: { answers: Answers }) {
  const codes = success_codes.join(', ')
  const body = parser?.success_path
    ? ` and ${parser.success_path} ${parser.success_value === undefined ? 'is given' : `is ${parser.success_value}`}`
    : ''
  return (
    <dl className="flex flex-col divide-y rounded-lg border text-sm">
      {[
        ['accepted', `${codes}${body}.`],
        [
          'rejected',
          `${body ? `${codes} with another body, and other` : 'Other'} codes that are no error${parser?.reason_path ? `; the reason is read from ${parser.reason_path}` : ''}.`,
        ],
        [
          'error',
          `5xx, 408 and 429${error_codes?.length ? `, ${error_codes.join(', ')}` : ''}, no connection; 401, 403, 404, 405 and 410 with an alert.`,
        ],
        [
          'unknown',
          'The request went out and no usable answer came in time. It is never sent to another buyer by itself.',
        ],
      ].map(([outcome, words]) => (
        <div key={outcome} className="flex gap-3 px-3 py-2">
          <dt className="w-20 shrink-0 font-medium">{outcome}</dt>
          <dd className="min-w-0 text-pretty text-tertiary">{words}</dd>
        </div>
      ))}
    </dl>
  )
}
