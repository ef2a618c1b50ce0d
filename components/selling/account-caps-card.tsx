'use client'

import { type ReactNode, useState } from 'react'
import type { AccountCaps } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import type { Refusal } from '@/lib/errors'
import type { CapUse } from '@/lib/flows/schema'
import type { Result } from '@/lib/result'
import { useVerb } from '../form/use-verb'
import { Button } from '../ui/button'
import { Card } from '../ui/card'
import { CapsEditor, withCapPart } from './caps-editor'

type AccountCapsCardProps = {
  id: string
  /** What they are called here. */
  what?: 'caps' | 'limits'
  description: string
  caps: AccountCaps | null
  uses: readonly CapUse[]
  now: number
  /** The account's time zone. */
  zone: string
  mayChange: boolean
  /** Keeps the meters up to date, where nothing else on the page does. */
  live?: ReactNode
  save: (input: { id: string; caps: AccountCaps | null }) => Promise<Result<unknown>>
}

const problemsOf = (refusal: Refusal | undefined): Problem[] =>
  (refusal?.issues ?? []).map(({ path, message }) => ({ severity: 'error', path, message }))

const isSame = (one: AccountCaps | undefined, other: AccountCaps | null) =>
  JSON.stringify(Object.entries(one ?? {}).sort()) === JSON.stringify(Object.entries(other ?? {}).sort())

/** Caps of a whole destination, connection or partner, with what is used of them now. */
export function AccountCapsCard({
  id,
  what = 'caps',
  description,
  caps: saved,
  uses,
  now,
  zone,
  mayChange,
  live,
  save,
}: AccountCapsCardProps) {
  const [caps, setCaps] = useState<AccountCaps | undefined>(saved ?? undefined)
  const [isOpen, setOpen] = useState(saved !== null)
  const [refusal, setRefusal] = useState<Refusal>()
  const { act, isPending } = useVerb()
  const isChanged = !isSame(caps, saved)
  const name = what === 'caps' ? 'Caps' : 'Limits'

  const keep = () =>
    act(
      async () => {
        const result = await save({ id, caps: caps ?? null })
        setRefusal(result.ok ? undefined : result.error)
        return result
      },
      { done: `${name} saved. They count from the next lead on.` },
    )

  return (
    <Card title={name} description={description} actions={live}>
      {isOpen ? (
        <fieldset disabled={!mayChange} className="flex min-w-0 flex-col gap-4">
          <CapsEditor
            caps={caps}
            onChange={(part) => setCaps((now) => withCapPart<AccountCaps>(now, part))}
            hasMoney
            zone={zone}
            zoneOf="account"
            use={{ uses, now }}
            from="once you save"
            path="caps"
            problems={problemsOf(refusal)}
          />
          {mayChange && (
            <div className="flex items-center gap-3">
              <Button variant="primary" pending={isPending} disabled={!isChanged} onClick={keep}>
                {`Save ${what}`}
              </Button>
              {isChanged && !isPending && <span className="text-sm text-tertiary">Not saved yet</span>}
            </div>
          )}
        </fieldset>
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-dashed px-3 py-2.5">
          <p className="text-sm text-tertiary">No limit.</p>
          {mayChange && (
            <Button size="sm" onClick={() => setOpen(true)}>
              {`Set ${what}`}
            </Button>
          )}
        </div>
      )}
    </Card>
  )
}
