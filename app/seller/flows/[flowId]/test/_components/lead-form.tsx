'use client'

import { Braces, Rows3 } from 'lucide-react'
import { useId } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { Textarea } from '@/components/ui/textarea'
import type { TestField } from '../test-fields'
import { type LeadText, otherView } from './lead-text'

type LeadFormProps = {
  fields: readonly TestField[]
  lead: LeadText
  onChange: (lead: LeadText) => void
  isWrong: boolean
  title?: string
  /** Within a panel: it scrolls in itself instead of growing. */
  isShort?: boolean
}

/** The test lead, as a form or as JSON. */
export function LeadForm({ fields, lead, onChange, isWrong, title = 'Test lead', isShort }: LeadFormProps) {
  const id = useId()
  const toggle = () => onChange(otherView(lead, fields))
  return (
    <>
      <div className="flex items-center justify-between gap-2">
        <h2 className="font-semibold text-base">{title}</h2>
        <Button variant="ghost" size="sm" onClick={toggle} disabled={lead.mode === 'json' && isWrong}>
          {lead.mode === 'form' ? <Braces className="size-3.5" /> : <Rows3 className="size-3.5" />}
          {lead.mode === 'form' ? 'As JSON' : 'As form'}
        </Button>
      </div>
      {lead.mode === 'json' ? (
        <div className="flex min-h-0 flex-col gap-1.5">
          <Textarea
            mono
            aria-label="Test lead as JSON"
            aria-invalid={isWrong}
            value={lead.json}
            spellCheck={false}
            className={cn('max-h-none', isShort ? 'min-h-60' : 'min-h-80')}
            onChange={(event) => onChange({ ...lead, json: event.target.value })}
          />
          {isWrong && <p className="text-red text-xs">This is no JSON object yet.</p>}
        </div>
      ) : (
        <div className={cn('-mx-1 flex min-h-0 flex-col gap-3 overflow-y-auto px-1 pb-1', isShort && 'max-h-80')}>
          {fields.map(({ name, label, isRequired }) => (
            <div key={name} className="flex flex-col gap-1">
              <Label htmlFor={`${id}-${name}`} className="flex items-baseline justify-between gap-2">
                <span className="truncate">
                  {label}
                  {isRequired && <span className="text-tertiary"> required</span>}
                </span>
                <code className="truncate font-mono font-normal text-tertiary text-xs">{name}</code>
              </Label>
              <Input
                id={`${id}-${name}`}
                value={lead.values[name] ?? ''}
                autoComplete="off"
                onChange={(event) => onChange({ mode: 'form', values: { ...lead.values, [name]: event.target.value } })}
              />
            </div>
          ))}
        </div>
      )}
    </>
  )
}
