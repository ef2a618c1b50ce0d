'use client'

import { Plus, Trash2 } from 'lucide-react'
import { useRef } from 'react'
import type { Secret } from '@/lib/engine/schema'
import { isHeaderName } from '../flow/header-rows'
import { problemsAt } from '../flow/problem-notes'
import { useRows } from '../flow/use-rows'
import { Button } from '../ui/button'
import { Input } from '../ui/input'
import { Label } from '../ui/label'
import type { AuthPartProps } from './auth-part'
import { SecretField } from './secret-field'

type Row = { name: string; value: Secret }

/** Rows of a header and its secret. One without a valid name is not saved. */
export function CustomHeaders({ auth, onChange, tools, problems }: AuthPartProps<'custom'>) {
  const saved = Object.entries(auth.headers).map(([name, value]) => ({ name, value }))
  const given = useRef(new Map<string, Secret>())
  /** Once it is sealed the document has a reference for it: the text that was typed must not take its place again. */
  const secretOf = ({ name, value }: Row): Secret => {
    const now = auth.headers[name]
    if (typeof now === 'object' && given.current.get(name) === value) return now
    given.current.set(name, value)
    return value
  }
  const list = useRows<Row>(saved.length > 0 ? saved : [{ name: '', value: '' }], (rows) => {
    const whole = rows.filter(({ name }) => isHeaderName(name))
    onChange({ ...auth, headers: Object.fromEntries(whole.map((row) => [row.name, secretOf(row)])) })
  })
  return (
    <fieldset className="flex flex-col gap-3 sm:col-span-2">
      <legend className="sr-only">Headers</legend>
      {list.rows.map(({ key, name, value }, index) => (
        <div key={key} className="grid items-start gap-2 sm:grid-cols-[12rem_1fr_auto]">
          <div className="flex min-w-0 flex-col gap-1.5">
            <Label htmlFor={`header-${key}`}>Header {index + 1}</Label>
            <Input
              id={`header-${key}`}
              mono
              autoComplete="off"
              spellCheck={false}
              placeholder="X-Partner-Key"
              aria-invalid={name !== '' && !isHeaderName(name)}
              value={name}
              onChange={(event) => list.change(key, { name: event.target.value.trim() })}
            />
          </div>
          <SecretField
            label={`Value ${index + 1}`}
            value={auth.headers[name] ?? value}
            tools={tools}
            problems={problemsAt(problems, `auth.headers.${name}`)}
            onChange={(next) => list.change(key, { value: next })}
          />
          <Button
            variant="ghost"
            size="icon"
            className="sm:mt-6"
            aria-label={`Remove header ${index + 1} of the authentication`}
            onClick={() => list.remove(key)}
          >
            <Trash2 className="size-3.5" />
          </Button>
        </div>
      ))}
      <Button variant="ghost" size="sm" className="-ml-1 self-start" onClick={() => list.add({ name: '', value: '' })}>
        <Plus className="size-3.5" />
        Add header with a secret
      </Button>
    </fieldset>
  )
}
