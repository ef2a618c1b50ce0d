'use client'

import { CircleAlert, CircleCheck } from 'lucide-react'
import { useId, useState } from 'react'
import { typeWords } from '@/components/flow/field-type-words'
import { useAnswer } from '@/components/form/use-answer'
import { Alert } from '@/components/ui/alert'
import { cn } from '@/components/ui/cn'
import { Label } from '@/components/ui/label'
import { Textarea } from '@/components/ui/textarea'
import type { FieldType } from '@/lib/engine/schema'
import { previewSubmissionAction } from '../actions'
import { useEditor } from './editor-context'

type Unsaved = Omit<Parameters<typeof previewSubmissionAction>[0], 'flowId' | 'text'>
type Preview = Extract<Awaited<ReturnType<typeof previewSubmissionAction>>, { ok: true }>['value']

/** How a name found its field. */
const ways: Record<Preview['names'][number]['how'], string> = {
  mapped: 'by your names',
  listed: '',
  standard: 'not in this flow',
  alias: 'usual name',
  unknown: 'kept as text',
}

/** What a pasted submission becomes by names and types as they are edited now. Nothing is sent or kept. */
export function SubmissionPreview(unsaved: Unsaved) {
  const { view } = useEditor()
  const id = useId()
  const [text, setText] = useState('')
  const isEmpty = text.trim() === ''
  const asked = isEmpty ? undefined : { flowId: view.flow.id, text, ...unsaved }
  const { value: shown, refusal } = useAnswer(asked, previewSubmissionAction)
  return (
    <div data-scratch className="flex max-w-3xl flex-col gap-3">
      <div className="flex flex-col gap-1.5">
        <Label htmlFor={id}>A submission</Label>
        <Textarea
          id={id}
          mono
          rows={4}
          value={text}
          spellCheck={false}
          placeholder={'{"fname": "Ana", "phone": "512-789-1111", "zip": "78704"}'}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      {!isEmpty && refusal && <p className="text-red text-sm">{refusal}</p>}
      {!isEmpty && !refusal && shown && <PreviewTable preview={shown} />}
    </div>
  )
}

function PreviewTable({ preview: { names, refusedFor } }: { preview: Preview }) {
  return (
    <div className="flex flex-col gap-3" aria-live="polite">
      {refusedFor.length > 0 && (
        <Alert kind="warning" title="This lead would be refused">
          {refusedFor.join('. ')}.
        </Alert>
      )}
      <div className="overflow-x-auto rounded-lg border">
        <table className="w-full text-sm">
          <caption className="sr-only">What the submission becomes</caption>
          <thead>
            <tr className="text-left text-tertiary text-xs [&>th]:px-3 [&>th]:py-1.5 [&>th]:font-medium">
              <th scope="col">Sent as</th>
              <th scope="col">Goes into</th>
              <th scope="col">Value</th>
            </tr>
          </thead>
          <tbody className="[&_td]:border-t [&_td]:px-3 [&_td]:py-1.5">
            {names.map((name, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a name may be sent twice, and rows never move
              <PreviewRow key={index} {...name} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

function PreviewRow({ sent, field, how, type, value, valid }: Preview['names'][number]) {
  return (
    <tr>
      <td className="font-mono text-xs">{sent}</td>
      <td>
        <span className="flex flex-wrap items-baseline gap-x-2">
          <code className="font-mono text-xs">{field}</code>
          <span className="text-tertiary text-xs">
            {typeWords(type as FieldType)}
            {ways[how] && ` · ${ways[how]}`}
          </span>
        </span>
      </td>
      <td>
        <span className="flex items-center gap-1.5">
          {valid ? (
            <CircleCheck aria-label="valid" className="size-3.5 shrink-0 text-green" />
          ) : (
            <CircleAlert aria-label="not valid" className="size-3.5 shrink-0 text-amber" />
          )}
          <span className={cn('break-all', value === '' && 'text-tertiary')}>{value || 'blank'}</span>
        </span>
      </td>
    </tr>
  )
}
