'use client'

import { useRef } from 'react'
import { DraftFrame } from '../flow/draft-field'
import { problemsAt } from '../flow/problem-notes'
import { TemplatePicker } from '../flow/template-picker'
import { Button } from '../ui/button'
import { Textarea } from '../ui/textarea'
import type { RequestPartProps } from './request-part'

const hints = {
  json: 'A value is escaped for where it stands. Without quotes around it, it keeps its type: "score": {{lead.credit_score}}.',
  text: 'Values go in as they are.',
  xml: 'A value is escaped for where it stands, in an attribute or a CDATA section too.',
  form: 'Values are encoded: name={{lead.first_name}}&mail={{lead.email}}.',
} as const

type BodyEditorProps = Pick<RequestPartProps, 'request' | 'onChange' | 'variables' | 'path' | 'problems'>

/** The whole body as one template, with the variables at hand. */
export function BodyEditor({ request, onChange, variables, path, problems }: BodyEditorProps) {
  const box = useRef<HTMLTextAreaElement>(null)
  const body = request.body ?? ''
  const hint =
    request.format === 'form' || request.format === 'text' || request.format === 'json' ? request.format : 'xml'
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <DraftFrame
        label="Body"
        hint={`${hints[hint]} Write | raw after a value to leave it as it is.`}
        problems={problemsAt(problems, `${path}.body`)}
      >
        {(control) => (
          <Textarea
            {...control}
            ref={box}
            mono
            rows={12}
            maxLength={50_000}
            spellCheck={false}
            className="max-h-[60dvh] min-h-48"
            value={body}
            onChange={(event) => onChange({ body: event.target.value })}
          />
        )}
      </DraftFrame>
      <TemplatePicker
        variables={variables}
        text={body}
        box={box}
        onChange={(next) => onChange({ body: next })}
        label="Insert a variable into the body"
      >
        <Button size="sm" className="self-start">
          Insert a variable
        </Button>
      </TemplatePicker>
    </div>
  )
}
