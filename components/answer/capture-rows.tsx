'use client'

import { Plus, Trash2 } from 'lucide-react'
import type { Problem } from '@/lib/engine/types'
import { ProblemNotes, problemsAt } from '../flow/problem-notes'
import { useRows } from '../flow/use-rows'
import { Button } from '../ui/button'
import { Input } from '../ui/input'

type CaptureRow = { name: string; path: string }
const isName = (text: string) => /^[a-z][a-z0-9_]{0,63}$/i.test(text)

type CaptureRowsProps = {
  capture: Record<string, string>
  onChange: (capture: Record<string, string>) => void
  path: string
  problems: readonly Problem[]
  placeholder: string
  /** How later steps call the values: `appended.first_look`. */
  prefix?: string | undefined
}

/** Further values of the answer, by name. */
export function CaptureRows({ capture, onChange, path, problems, placeholder, prefix }: CaptureRowsProps) {
  const list = useRows<CaptureRow>(
    Object.entries(capture).map(([name, at]) => ({ name, path: at })),
    (rows) => onChange(Object.fromEntries(rows.filter(({ name }) => isName(name)).map((row) => [row.name, row.path]))),
  )
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {list.rows.map(({ key, name, path: at }, index) => (
        <div key={key} className="flex min-w-0 flex-col gap-1">
          <div className="flex min-w-0 items-center gap-1.5">
            <Input
              mono
              aria-label={`Name of captured value ${index + 1}`}
              aria-invalid={name !== '' && !isName(name)}
              placeholder="score"
              value={name}
              onChange={(event) => list.change(key, { name: event.target.value })}
            />
            <Input
              mono
              aria-label={`Path of captured value ${index + 1}`}
              placeholder={placeholder}
              value={at}
              maxLength={500}
              onChange={(event) => list.change(key, { path: event.target.value })}
            />
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Remove captured value ${index + 1}`}
              onClick={() => list.remove(key)}
            >
              <Trash2 className="size-3.5" />
            </Button>
          </div>
          {name !== '' && !isName(name) && (
            <p className="text-red text-xs">A name has letters, digits and _, and starts with a letter.</p>
          )}
          {prefix && isName(name) && (
            <p className="break-all font-mono text-tertiary text-xs">{`{{${prefix}.${name}}}`}</p>
          )}
          <ProblemNotes problems={problemsAt(problems, `${path}.${name}`)} />
        </div>
      ))}
      <Button variant="ghost" size="sm" className="-ml-1 self-start" onClick={() => list.add({ name: '', path: '' })}>
        <Plus className="size-3.5" />
        Capture a value
      </Button>
    </div>
  )
}
