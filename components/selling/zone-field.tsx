'use client'

import { useSyncExternalStore } from 'react'
import type { Problem } from '@/lib/engine/types'
import { DraftFrame } from '../flow/draft-field'
import { NativeSelect } from '../ui/native-select'

const never = () => () => undefined
const none: readonly string[] = []
let known: readonly string[] | undefined
/** The browser's own zones, which the server may call otherwise: none until the page is alive. */
const zonesHere = () => {
  known ??= ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
  return known
}

type ZoneFieldProps = {
  value: string | undefined
  onChange: (zone: string | undefined) => void
  /** The zone where none is said. */
  zone: string
  /** Whose zone that is. */
  zoneOf?: 'flow' | 'account'
  hint?: string
  problems?: readonly Problem[]
}

const wordsOf = (zone: string) => zone.replaceAll('_', ' ')

/** A time zone by its IANA name; empty means that of the flow or the account. */
export function ZoneField({ value, onChange, zone: usual, zoneOf = 'flow', hint, problems = [] }: ZoneFieldProps) {
  const zones = useSyncExternalStore(
    never,
    () => zonesHere(),
    () => none,
  )
  const isOther = value && !zones.includes(value)
  return (
    <DraftFrame label="Time zone" className="max-w-72" problems={problems} {...(hint && { hint })}>
      {(control) => (
        <NativeSelect {...control} value={value ?? ''} onChange={(event) => onChange(event.target.value || undefined)}>
          <option value="">
            {zoneOf === 'flow' ? 'The flow’s' : 'The account’s'}: {wordsOf(usual)}
          </option>
          {isOther && <option value={value}>{wordsOf(value)}</option>}
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {wordsOf(zone)}
            </option>
          ))}
        </NativeSelect>
      )}
    </DraftFrame>
  )
}
