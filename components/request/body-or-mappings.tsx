'use client'

import type { ReactNode } from 'react'
import type { Request } from '@/lib/engine/schema'
import { RadioGroup } from '../ui/radio-group'
import { BodyEditor } from './body-editor'
import type { RequestPartProps } from './request-part'

const starters: Partial<Record<Request['format'], string>> = {
  json: '{\n  "id": "{{event_id}}",\n  "email": {{lead.email}}\n}',
  form: 'id={{event_id}}&email={{lead.email}}',
  text: '{{event_id}},{{lead.email}}',
}
const xmlStarter =
  '<?xml version="1.0" encoding="UTF-8"?>\n<lead id="{{event_id}}">\n  <email>{{lead.email}}</email>\n</lead>'

const bodyStarter = (format: Request['format']): string => starters[format] ?? xmlStarter

/** A body of one's own that was not touched goes with its format; text has no other. */
export function bodyFor({ body, format }: Request, next: Request['format']): Pick<Request, 'body'> {
  if (next === 'query') return { body: undefined }
  if (body !== undefined && body !== bodyStarter(format)) return { body }
  return { body: body !== undefined || next === 'text' ? bodyStarter(next) : undefined }
}

/** Mappings, or one template in their place: whichever the request has. */
export function BodyOrMappings({ children, ...part }: RequestPartProps & { children: ReactNode }) {
  const { request, onChange } = part
  const { format, body } = request
  const mayChoose = format !== 'query' && format !== 'text'
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {mayChoose && (
        <RadioGroup
          aria-label="How the body is made"
          columns={2}
          value={body === undefined ? 'map' : 'write'}
          onValueChange={(way) => onChange({ body: way === 'write' ? bodyStarter(format) : undefined })}
          options={[
            { value: 'map', label: 'Map values', hint: 'Each value to its place' },
            { value: 'write', label: 'Write the body', hint: 'One template for all of it' },
          ]}
        />
      )}
      {body === undefined && format !== 'text' ? children : <BodyEditor {...part} />}
    </div>
  )
}
