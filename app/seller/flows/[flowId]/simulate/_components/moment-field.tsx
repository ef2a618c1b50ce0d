'use client'

import { useId } from 'react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { NativeSelect } from '@/components/ui/native-select'

/** A local time as the browser's control gives it; empty is now. */
export type Moment = { at: string; timeZone: string }

type MomentFieldProps = { moment: Moment; timeZones: readonly string[]; onChange: (moment: Moment) => void }

/** When the lead comes in: now, or a day and time in a zone. */
export function MomentField({ moment, timeZones, onChange }: MomentFieldProps) {
  const id = useId()
  const { at, timeZone } = moment
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center justify-between gap-2">
        <Label htmlFor={`${id}-at`}>Moment</Label>
        {at !== '' && (
          <Button variant="ghost" size="sm" className="-my-1" onClick={() => onChange({ ...moment, at: '' })}>
            Now
          </Button>
        )}
      </div>
      <Input
        id={`${id}-at`}
        type="datetime-local"
        value={at}
        aria-describedby={`${id}-help`}
        onChange={(event) => onChange({ ...moment, at: event.target.value.slice(0, 16) })}
      />
      <NativeSelect
        aria-label="Time zone of the moment"
        value={timeZone}
        onChange={(event) => onChange({ ...moment, timeZone: event.target.value })}
      >
        {timeZones.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll('_', ' ')}
          </option>
        ))}
      </NativeSelect>
      <p id={`${id}-help`} className="text-tertiary text-xs">
        {at === '' ? 'Empty is now.' : 'By the clocks of this time zone.'}
      </p>
    </div>
  )
}
