'use client'

import { FileUp } from 'lucide-react'
import { type ChangeEvent, useId, useRef, useState } from 'react'
import { useVerb } from '@/components/form/use-verb'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/checkbox'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { Textarea } from '@/components/ui/textarea'
import { type ListView, mostPerUpload, type UploadReport } from '@/lib/lists/schema'
import { addValuesAction } from '../actions'

const counted = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`

function Report({ report }: { report: UploadReport }) {
  const { added, known, refused, refusedCount } = report
  return (
    <Alert kind={refusedCount > 0 ? 'warning' : 'good'}>
      {counted(added, 'value', 'values')} added
      {known > 0 && `, ${known.toLocaleString('en-US')} there already or twice`}
      {refusedCount > 0 && `, ${refusedCount.toLocaleString('en-US')} left out`}.
      {refused.length > 0 && (
        <ul className="mt-1 max-h-40 list-disc overflow-y-auto pl-4 text-sm">
          {refused.map(({ line, value, reason }) => (
            <li key={line}>
              Line {line}: <code className="break-all font-mono text-xs">{value}</code> {reason}
            </li>
          ))}
          {refusedCount > refused.length && <li>and {refusedCount - refused.length} more</li>}
        </ul>
      )}
    </Alert>
  )
}

/** Values pasted or taken from a file, and what came of them. */
export function UploadCard({ list }: { list: ListView }) {
  const id = useId()
  const file = useRef<HTMLInputElement>(null)
  const { act, isPending } = useVerb()
  const [text, setText] = useState('')
  const [column, setColumn] = useState('')
  const [replace, setReplace] = useState(false)
  const [report, setReport] = useState<UploadReport>()
  const upload = (given: string) => {
    setReport(undefined)
    const named = column.trim() === '' ? {} : { column: column.trim() }
    act(() => addValuesAction({ id: list.id, text: given, replace, ...named }), {
      onDone: (value) => {
        setReport(value)
        setText('')
        setReplace(false)
      },
    })
  }
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = event.target.files?.[0]
    if (chosen) upload(await chosen.text())
    event.target.value = ''
  }
  return (
    <Card
      title="Add values"
      description={`One a line, or a CSV file; up to ${mostPerUpload.toLocaleString('en-US')} at once.`}
    >
      <div className="flex flex-col gap-3">
        <Textarea
          aria-label="Values, one a line"
          mono
          rows={4}
          value={text}
          placeholder={list.type === 'postal_code' ? '78704\n78705' : 'One value a line'}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button variant="primary" pending={isPending} disabled={text.trim() === ''} onClick={() => upload(text)}>
            Add values
          </Button>
          <Button disabled={isPending} onClick={() => file.current?.click()}>
            <FileUp />
            Choose a file
          </Button>
          <input
            ref={file}
            type="file"
            aria-label="File of values"
            accept=".csv,.txt,text/csv,text/plain"
            className="sr-only"
            tabIndex={-1}
            onChange={choose}
          />
          <Input
            aria-label="Column of the file"
            className="w-44"
            value={column}
            placeholder="Column (if several)"
            onChange={(event) => setColumn(event.target.value)}
          />
          <span className="flex items-center gap-2">
            <Checkbox id={id} checked={replace} onCheckedChange={(checked) => setReplace(checked === true)} />
            <Label htmlFor={id}>In place of all others</Label>
          </span>
        </div>
        {report && <Report report={report} />}
      </div>
    </Card>
  )
}
