'use client'

import type { Batch, Request } from '@/lib/engine/schema'
import { DraftArea, DraftFrame, DraftNumber, DraftText } from '../flow/draft-field'
import { ProblemNotes, problemsAt } from '../flow/problem-notes'
import { NativeSelect } from '../ui/native-select'
import { RadioGroup } from '../ui/radio-group'
import { formatWords } from './format-words'
import type { RequestPartProps } from './request-part'

type BatchFieldsProps = Pick<RequestPartProps, 'request' | 'onChange' | 'path' | 'problems'>

const usual: Batch = { minutes: 15, leads: 50 }

const ways = { list: 'A list', name: 'A list under a name', envelope: 'A body of your own around it', csv: 'CSV' }
type Way = keyof typeof ways

const starters: Partial<Record<Request['format'], string>> = {
  json: '{\n  "batch": "{{batch_id}}",\n  "count": {{batch_size}},\n  "leads": {{leads}}\n}',
  xml: '<?xml version="1.0" encoding="UTF-8"?>\n<batch id="{{batch_id}}" count="{{batch_size}}">\n{{leads}}\n</batch>',
}

const wayOf = ({ csv, name, envelope }: Batch): Way =>
  csv ? 'csv' : envelope !== undefined ? 'envelope' : name === undefined ? 'list' : 'name'

/** What one way of writing the list says, and nothing of the others. */
function written({ minutes, leads }: Batch, way: Way, format: Request['format']): Batch {
  if (way === 'csv') return { minutes, leads, csv: true }
  if (way === 'envelope') return { minutes, leads, envelope: starters[format] ?? '' }
  return { minutes, leads, ...(way === 'name' && { name: 'leads' }) }
}

/** XML has an element around the list in any case, and CSV is made of the mappings of JSON. */
const waysOf = (format: Request['format']): Way[] =>
  format === 'xml' ? ['list', 'envelope'] : ['list', 'name', 'envelope', 'csv']

const isListable = ({ format, parameter }: Request) => (format === 'json' || format === 'xml') && !parameter?.trim()

/** Whether leads go one by one or several in one request, when, and how the list of them is written. */
export function BatchFields({ request, onChange, path, problems }: BatchFieldsProps) {
  const { batch } = request
  const at = `${path}.batch`
  const set = (next: Batch) => onChange({ batch: next })
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <RadioGroup
        aria-label="How often leads are sent"
        columns={2}
        value={batch ? 'batch' : 'single'}
        onValueChange={(way) => onChange({ batch: way === 'batch' ? usual : undefined })}
        options={[
          { value: 'single', label: 'One by one', hint: 'Each lead at once, in a request of its own' },
          {
            value: 'batch',
            label: 'In batches',
            hint: isListable(request) ? 'Several leads in one request' : 'As JSON, XML or CSV only',
            disabled: !batch && !isListable(request),
          },
        ]}
      />
      <ProblemNotes problems={problems.filter((problem) => problem.path === at)} />
      {batch && (
        <>
          <div className="grid items-start gap-3 sm:grid-cols-2">
            <DraftNumber
              label="Collect for"
              suffix="minutes"
              isWhole
              min={1}
              max={1440}
              value={batch.minutes}
              problems={problemsAt(problems, `${at}.minutes`)}
              onChange={(minutes) => set({ ...batch, minutes: minutes ?? usual.minutes })}
            />
            <DraftNumber
              label="Or until there are"
              suffix="leads"
              isWhole
              min={2}
              max={1000}
              value={batch.leads}
              problems={problemsAt(problems, `${at}.leads`)}
              onChange={(leads) => set({ ...batch, leads: leads ?? usual.leads })}
            />
          </div>
          <p className="max-w-xl text-pretty text-sm text-tertiary">
            Whichever comes first. Meanwhile the lead keeps its place in caps and waits in the queue, and its source is
            told that it is pending. Test leads go at once, as a batch of one.
          </p>
          <ListForm {...{ request, batch, set, at, problems }} />
        </>
      )}
    </div>
  )
}

type ListFormProps = {
  request: Request
  batch: Batch
  set: (batch: Batch) => void
  at: string
  problems: BatchFieldsProps['problems']
}

function ListForm({ request: { format }, batch, set, at, problems }: ListFormProps) {
  const way = wayOf(batch)
  const isXml = format === 'xml'
  return (
    <>
      <DraftFrame label="The leads go as" className="max-w-80" problems={problemsAt(problems, `${at}.csv`)}>
        {(control) => (
          <NativeSelect
            {...control}
            value={isXml && way === 'name' ? 'list' : way}
            onChange={(event) => set(written(batch, event.target.value as Way, format))}
          >
            {waysOf(format).map((one) => (
              <option key={one} value={one}>
                {isXml && one === 'list' ? 'Elements in a list' : ways[one]}
              </option>
            ))}
          </NativeSelect>
        )}
      </DraftFrame>
      {(way === 'name' || (isXml && way === 'list')) && (
        <DraftText
          label={isXml ? 'Element around them' : 'Name of the list'}
          className="max-w-80"
          mono
          optional={isXml}
          placeholder="leads"
          hint={isXml ? 'With attributes where it has some.' : 'Dots nest: data.leads.'}
          value={batch.name ?? ''}
          problems={problemsAt(problems, `${at}.name`)}
          onChange={(name) => set({ ...written(batch, 'list', format), ...((name.trim() || !isXml) && { name }) })}
        />
      )}
      {way === 'envelope' && (
        <DraftArea
          label="Body around the list"
          mono
          rows={6}
          hint={`{{leads}} is the list in ${formatWords[format].label}. {{batch_id}}, {{batch_size}} and {{event_timestamp}} are there too.`}
          value={batch.envelope ?? ''}
          problems={problemsAt(problems, `${at}.envelope`)}
          onChange={(envelope) => set({ ...batch, envelope })}
        />
      )}
      {way === 'csv' && (
        <p className="max-w-xl text-pretty text-sm text-tertiary">
          A first line with the names of the mappings, in their order, and below it one line for each lead.
        </p>
      )}
    </>
  )
}
