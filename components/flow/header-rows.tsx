'use client'

import { Plus, Trash2 } from 'lucide-react'
import { HeaderName } from '@/lib/engine/schema'
import { Button } from '../ui/button'
import { Input } from '../ui/input'
import { useRows } from './use-rows'

type Row = { name: string; value: string }
export const isHeaderName = (text: string): boolean => HeaderName.safeParse(text).success

type HeaderRowsProps = { headers: Record<string, string>; onChange: (headers: Record<string, string>) => void }

/** Headers beside those that are always sent. Values may hold variables. */
export function HeaderRows({ headers, onChange }: HeaderRowsProps) {
  const list = useRows<Row>(
    Object.entries(headers).map(([name, value]) => ({ name, value })),
    (rows) =>
      onChange(
        Object.fromEntries(rows.filter(({ name }) => isHeaderName(name)).map(({ name, value }) => [name, value])),
      ),
  )
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 font-medium text-sm">
        Extra headers <span className="font-normal text-tertiary">optional</span>
      </legend>
      {list.rows.map(({ key, name, value }, index) => (
        <div key={key} className="flex flex-col gap-1">
          <div className="flex items-center gap-1.5">
            <Input
              mono
              aria-label={`Name of header ${index + 1}`}
              aria-invalid={name !== '' && !isHeaderName(name)}
              placeholder="X-Partner-ID"
              value={name}
              onChange={(event) => list.change(key, { name: event.target.value })}
            />
            <Input
              mono
              aria-label={`Value of header ${index + 1}`}
              placeholder="p_123, {{test_mode}} or {{secret.NAME}}"
              value={value}
              maxLength={2000}
              onChange={(event) => list.change(key, { value: event.target.value })}
            />
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Remove header ${index + 1}`}
              onClick={() => list.remove(key)}
            >
              <Trash2 className="size-3.5" />
            </Button>
          </div>
          {name !== '' && !isHeaderName(name) && (
            <p className="text-red text-xs">A header’s name has letters, digits and dashes.</p>
          )}
        </div>
      ))}
      <Button variant="ghost" size="sm" className="-ml-1 self-start" onClick={() => list.add({ name: '', value: '' })}>
        <Plus className="size-3.5" />
        Add header
      </Button>
    </fieldset>
  )
}
