'use client'

import { X } from 'lucide-react'
import { useVerb } from '@/components/form/use-verb'
import { Filters } from '@/components/table/filters'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { ListView } from '@/lib/lists/schema'
import { addValuesAction, removeValuesAction } from '../actions'

type ListValuesProps = { list: ListView; values: readonly string[]; mayChange: boolean }

/** A page of a list's values, to look through and to take some out. */
export function ListValues({ list, values, mayChange }: ListValuesProps) {
  const { act } = useVerb()
  const remove = (value: string) =>
    act(() => removeValuesAction({ id: list.id, values: [value] }), {
      done: `Took ${value} out.`,
      undo: () => act(() => addValuesAction({ id: list.id, values: [value] }), { done: `${value} is back.` }),
    })
  return (
    <Card title="Values">
      <div className="flex flex-col gap-3">
        <Filters
          filters={[
            {
              kind: 'search',
              name: 'q',
              label: 'Search values',
              placeholder: list.hash === 'none' ? 'Begins with' : 'A whole value',
            },
          ]}
        />
        {values.length === 0 ? (
          <p className="text-sm text-tertiary">
            {list.size === 0 ? 'Nothing is in it yet.' : 'No value is like that.'}
          </p>
        ) : (
          <ul className="grid gap-x-6 sm:grid-cols-2 lg:grid-cols-3">
            {values.map((value) => (
              <li key={value} className="flex min-w-0 items-center justify-between gap-2 border-b py-1">
                <code className="truncate font-mono text-xs">{value}</code>
                {mayChange && (
                  <Button variant="ghost" size="icon-sm" aria-label={`Remove ${value}`} onClick={() => remove(value)}>
                    <X className="size-3.5" />
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  )
}
