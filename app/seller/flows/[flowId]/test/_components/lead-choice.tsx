'use client'

import { useId } from 'react'
import { Label } from '@/components/ui/label'
import { NativeSelect } from '@/components/ui/native-select'
import type { RecentLead } from '../../recent-leads'

type LeadChoiceProps = { leads: readonly RecentLead[]; chosen: string; onChoose: (id: string) => void }

/** The sample lead, or one of those that came in last. */
export function LeadChoice({ leads, chosen, onChoose }: LeadChoiceProps) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <Label htmlFor={id}>Try with</Label>
      <NativeSelect id={id} value={chosen} onChange={(event) => onChoose(event.target.value)}>
        <option value="">A sample lead</option>
        {leads.length > 0 && (
          <optgroup label="Recent leads">
            {leads.map((lead) => (
              <option key={lead.id} value={lead.id}>
                {lead.label}
              </option>
            ))}
          </optgroup>
        )}
      </NativeSelect>
    </div>
  )
}
