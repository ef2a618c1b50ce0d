'use client'

import { Download } from 'lucide-react'
import { useState } from 'react'
import type { LastAnswer, TestAnswerInput, TestedAnswer } from '@/lib/answers/schema'
import type { ResponseSpec } from '@/lib/engine/schema'
import type { Refusal } from '@/lib/errors'
import type { Result } from '@/lib/result'
import { DraftArea, DraftText } from '../flow/draft-field'
import { useAnswer } from '../form/use-answer'
import { Button } from '../ui/button'
import type { Side } from './path-fields'
import { TestedAnswerView } from './tested-answer'

/** An answer to try, as it is typed. */
export type TriedAnswer = { status: number; contentType: string; body: string }

/** What a page lends the tester: the server reads answers, and knows those that came. */
export type AnswerTools = {
  test: (input: TestAnswerInput) => Promise<Result<TestedAnswer, Refusal>>
  /** Absent where no answer can have come. */
  last?: () => Promise<Result<LastAnswer, Refusal>>
}

const statusProblem = (text: string) => (/^[1-5]\d\d$/.test(text.trim()) ? undefined : 'Give a status code, like 200.')

/** Reads the answer by the settings as they stand, a moment after each change of either. */
export function useTried(response: ResponseSpec, tried: TriedAnswer, test: AnswerTools['test']) {
  const answer = {
    status: tried.status,
    body: tried.body,
    ...(tried.contentType.trim() !== '' && { content_type: tried.contentType.trim() }),
  }
  return useAnswer({ response, answer }, test)
}

const placeholders: Record<Side, string> = {
  lookup: 'Paste an answer of the service',
  ping: 'Paste an answer of the buyer to a ping',
  seller: 'Paste an answer of the buyer',
  buyer: 'Paste an answer of your system',
}

type TesterProps = {
  side: Side
  tried: TriedAnswer
  onChange: (tried: TriedAnswer) => void
  shown: ReturnType<typeof useTried>
  last?: AnswerTools['last']
}

/** Paste an answer, or take the last that came, and see at once what it means. */
export function AnswerTester({ side, tried, onChange, shown, last }: TesterProps) {
  const [note, setNote] = useState<string>()
  const [isLooking, setLooking] = useState(false)
  const isUntouched = tried.status === 200 && tried.body === '' && tried.contentType === ''
  async function takeLast() {
    setLooking(true)
    const found = await last?.().catch(() => undefined)
    setLooking(false)
    if (!found?.ok)
      return setNote(
        found?.error.kind === 'not-found'
          ? 'No answer came in the past 30 days.'
          : 'The last answer could not be read.',
      )
    const { status, contentType = '', body, at, isTest, truncated } = found.value
    onChange({ status, contentType, body })
    setNote(
      `${isTest ? 'Answer to a test lead' : 'Answer'} of ${new Date(at).toLocaleString()}${truncated ? ', of which only the beginning is kept' : ''}.`,
    )
  }
  return (
    <section data-scratch aria-label="Try an answer" className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold text-sm">Try an answer</h3>
        {last && (
          <Button size="sm" variant="ghost" disabled={isLooking} onClick={takeLast}>
            <Download className="size-3.5" />
            Take the last answer
          </Button>
        )}
      </div>
      {note && (
        <p role="status" className="text-tertiary text-xs">
          {note}
        </p>
      )}
      <div className="grid gap-3 sm:grid-cols-[7rem_minmax(0,1fr)]">
        <DraftText
          label="Status"
          mono
          inputMode="numeric"
          value={String(tried.status)}
          check={statusProblem}
          onChange={(text) => onChange({ ...tried, status: Number(text) })}
        />
        <DraftText
          label="Its content type"
          optional
          mono
          placeholder="text/html"
          value={tried.contentType}
          maxLength={200}
          onChange={(contentType) => onChange({ ...tried, contentType })}
        />
      </div>
      <DraftArea
        label="Body"
        mono
        rows={7}
        placeholder={placeholders[side]}
        value={tried.body}
        onChange={(body) => onChange({ ...tried, body: body.slice(0, 262_144) })}
      />
      <div aria-live="polite" aria-busy={shown.isStale} className={shown.isStale ? 'opacity-60' : undefined}>
        {isUntouched && (
          <p className="text-pretty text-sm text-tertiary">
            Paste an answer, or take the last one that came: what it means is shown here.
          </p>
        )}
        {!isUntouched && shown.value && <TestedAnswerView tested={shown.value} side={side} />}
        {shown.refusal && <p className="text-red text-sm">{shown.refusal}</p>}
      </div>
    </section>
  )
}
