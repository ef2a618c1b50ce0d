'use client'

import { FileUp } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { NativeSelect } from '@/components/ui/native-select'
import { RadioGroup } from '@/components/ui/radio-group'
import { type CreateBacktestInput, longestFile } from '@/lib/backtests/schema'

export type Leads = NonNullable<CreateBacktestInput['leads']>
type Way = 'last' | 'time' | 'file'

const ways = [
  { value: 'last', label: 'The last leads of this flow' },
  { value: 'time', label: 'The leads of a time range' },
  { value: 'file', label: 'The rows of a CSV file' },
]

const dayMs = 86_400_000
const dateOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
/** Days in UTC: from the first to the end of the last. */
function timeOf(from: string, to: string): Leads | undefined {
  if (!from || !to || from > to) return undefined
  return { from: `${from}T00:00:00Z`, to: new Date(Date.parse(`${to}T00:00:00Z`) + dayMs).toISOString() }
}

type LeadChoiceProps = {
  sources: readonly { id: string; name: string }[]
  /** Hears `undefined` while what is chosen is not whole. */
  onChange: (leads: Leads | undefined) => void
}

/** Which leads to try: the newest, those of some days, or a file's. */
export function LeadChoice({ sources, onChange }: LeadChoiceProps) {
  const [way, setWay] = useState<Way>('last')
  const [last, setLast] = useState('1000')
  const [days, setDays] = useState(() => ({ from: dateOf(Date.now() - 7 * dayMs), to: dateOf(Date.now()) }))
  const [file, setFile] = useState<{ name: string; csv: string }>()
  const [sourceId, setSourceId] = useState(sources[0]?.id ?? '')
  const id = useId()

  const tellLast = (text: string) => {
    const number = Number(text)
    onChange(Number.isInteger(number) && number > 0 && number <= 10_000 ? { last: number } : undefined)
  }
  const tellFile = (csv: string | undefined, source: string) =>
    onChange(csv === undefined ? undefined : { csv, ...(source && { source_id: source }) })
  function choose(next: Way) {
    setWay(next)
    if (next === 'last') tellLast(last)
    if (next === 'time') onChange(timeOf(days.from, days.to))
    if (next === 'file') tellFile(file?.csv, sourceId)
  }
  function changeDays(part: Partial<typeof days>) {
    const next = { ...days, ...part }
    setDays(next)
    onChange(timeOf(next.from, next.to))
  }
  return (
    <div className="flex flex-col gap-3">
      <span id={`${id}-leads`} className="font-medium text-sm">
        Leads
      </span>
      <RadioGroup
        aria-labelledby={`${id}-leads`}
        options={ways}
        value={way}
        onValueChange={(value) => choose(value as Way)}
      />
      {way === 'last' && (
        <div className="flex flex-col gap-1.5">
          <Label htmlFor={`${id}-last`}>How many</Label>
          <Input
            id={`${id}-last`}
            inputMode="numeric"
            value={last}
            onChange={(event) => {
              setLast(event.target.value)
              tellLast(event.target.value)
            }}
          />
          <p className="text-tertiary text-xs">At most 10,000.</p>
        </div>
      )}
      {way === 'time' && (
        <div className="grid grid-cols-2 gap-3">
          {(['from', 'to'] as const).map((part) => (
            <div key={part} className="flex min-w-0 flex-col gap-1.5">
              <Label htmlFor={`${id}-${part}`}>{part === 'from' ? 'From' : 'To'}</Label>
              <Input
                id={`${id}-${part}`}
                type="date"
                value={days[part]}
                onChange={(event) => changeDays({ [part]: event.target.value })}
              />
            </div>
          ))}
          <p className="col-span-2 text-tertiary text-xs">Days in UTC; the newest 10,000 leads of them.</p>
        </div>
      )}
      {way === 'file' && (
        <FileChoice
          file={file}
          sources={sources}
          sourceId={sourceId}
          onFile={(next) => {
            setFile(next)
            tellFile(next?.csv, sourceId)
          }}
          onSource={(next) => {
            setSourceId(next)
            tellFile(file?.csv, next)
          }}
        />
      )}
    </div>
  )
}

type FileChoiceProps = {
  file: { name: string; csv: string } | undefined
  sources: readonly { id: string; name: string }[]
  sourceId: string
  onFile: (file: { name: string; csv: string } | undefined) => void
  onSource: (sourceId: string) => void
}

function FileChoice({ file, sources, sourceId, onFile, onSource }: FileChoiceProps) {
  const id = useId()
  const box = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string>()
  async function take(chosen: File | undefined) {
    if (!chosen) return
    const csv = await chosen.text()
    const isTooLong = csv.length > longestFile
    setProblem(isTooLong ? 'This file has more than 1.5 MB. Cut it in parts.' : undefined)
    onFile(isTooLong ? undefined : { name: chosen.name, csv })
  }
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <input
          ref={box}
          id={`${id}-file`}
          type="file"
          accept=".csv,text/csv"
          className="sr-only"
          tabIndex={-1}
          aria-label="CSV file"
          onChange={(event) => void take(event.target.files?.[0])}
        />
        <Button onClick={() => box.current?.click()}>
          <FileUp />
          {file ? 'Choose another file' : 'Choose a file'}
        </Button>
        {file && <span className="min-w-0 truncate text-sm">{file.name}</span>}
      </div>
      {problem ? (
        <p className="text-red text-xs">{problem}</p>
      ) : (
        <p className="text-tertiary text-xs">
          Names of fields in the first row, a lead a row, at most 10,000. The file is not kept.
        </p>
      )}
      {sources.length > 0 && (
        <div className="flex flex-col gap-1.5">
          <Label htmlFor={`${id}-source`}>As if sent by</Label>
          <NativeSelect id={`${id}-source`} value={sourceId} onChange={(event) => onSource(event.target.value)}>
            {sources.map((source) => (
              <option key={source.id} value={source.id}>
                {source.name}
              </option>
            ))}
            <option value="">No source of the flow</option>
          </NativeSelect>
        </div>
      )}
    </div>
  )
}
