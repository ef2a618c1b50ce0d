'use client'

import { DraftText } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import type { DestinationConfig } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'

type Answers = DestinationConfig['response']
type Parser = NonNullable<Answers['parser']>

const codesOf = (text: string) =>
  text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(Number)

function checkCodes(text: string): string | undefined {
  const codes = codesOf(text)
  if (codes.length === 0) return 'Give at least one code, like 200.'
  const isRight = codes.every((code) => Number.isInteger(code) && code >= 100 && code <= 599)
  return isRight ? undefined : 'Give HTTP codes from 100 to 599, with commas between them.'
}

const places = [
  {
    key: 'success_path',
    label: 'Where your answer says yes or no',
    placeholder: 'status',
    hint: 'The name of a field in your JSON answer; with dots for one inside another, like result.status. Empty: the code alone decides.',
  },
  {
    key: 'success_value',
    label: 'What it says for yes',
    placeholder: 'accepted',
    hint: 'Any other value counts as rejected. Empty: anything but false, 0 or nothing is a yes.',
  },
  {
    key: 'id_path',
    label: 'Where your own lead number is',
    placeholder: 'lead_id',
    hint: 'Kept with the lead, so that you and the seller can speak of the same one.',
  },
  { key: 'reason_path', label: 'Where the reason for a no is', placeholder: 'reason', hint: 'The seller sees it.' },
  {
    key: 'price_path',
    label: 'Where the price is',
    placeholder: 'price',
    hint: 'Only if your system names one. Otherwise the price agreed with the seller holds.',
  },
] as const

type AnswerFormProps = { answers: Answers; onChange: (answers: Answers) => void; problems: readonly Problem[] }

/** How the destination's answer is read, asked in plain words. */
export function AnswerForm({ answers, onChange, problems }: AnswerFormProps) {
  const parser: Parser = answers.parser ?? { type: 'json' }
  function setPlace(key: (typeof places)[number]['key'], text: string) {
    const { [key]: _, ...rest } = parser
    const { parser: __, ...others } = answers
    const next = { ...rest, ...(text !== '' && { [key]: text }) }
    onChange(Object.keys(next).length > 1 ? { ...others, parser: next } : others)
  }
  return (
    <div className="grid gap-x-4 gap-y-4 sm:grid-cols-2">
      <DraftText
        className="sm:col-span-2"
        label="Codes that mean the lead was taken"
        mono
        value={answers.success_codes.join(', ')}
        check={checkCodes}
        onChange={(text) => onChange({ ...answers, success_codes: codesOf(text) })}
        hint="HTTP status codes with commas. 5xx, 408 and 429 always count as an error, to be looked into."
        problems={problemsAt(problems, 'response.success_codes')}
      />
      {places.map(({ key, label, placeholder, hint }) => (
        <DraftText
          key={key}
          label={label}
          optional
          mono
          placeholder={placeholder}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          value={parser[key] === undefined ? '' : String(parser[key])}
          onChange={(text) => setPlace(key, text.trim())}
          hint={hint}
          problems={problemsAt(problems, `response.parser.${key}`)}
        />
      ))}
    </div>
  )
}
