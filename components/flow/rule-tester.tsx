'use client'

import { FlaskConical } from 'lucide-react'
import { useId, useState } from 'react'
import type { Rule } from '@/lib/engine/schema'
import { useAnswer } from '../form/use-answer'
import { Button } from '../ui/button'
import { cn } from '../ui/cn'
import { Input } from '../ui/input'
import { NativeSelect } from '../ui/native-select'
import { RuleReportView } from './rule-report'
import type { RuleTools, TriedRule } from './rule-tools'

type Tester = NonNullable<RuleTools['tester']>
type RuleTesterProps = { rule: Rule; tester: Tester }

const verdicts = { true: 'The lead meets this', false: 'The lead does not meet this' } as const

function Verdict({ tried }: { tried: TriedRule }) {
  const errors = tried.problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0 || !tried.report) {
    return <p className="text-red text-sm">{errors[0]?.message ?? 'The rule says nothing yet.'}</p>
  }
  return (
    <>
      <p className={cn('font-medium text-sm', tried.passed ? 'text-green' : 'text-red')}>
        {verdicts[`${tried.passed}`]}
      </p>
      <div className="min-w-0 text-sm">
        <RuleReportView report={tried.report} />
      </div>
      {tried.reason !== undefined && (
        <p className="text-pretty text-sm text-tertiary">
          As criteria it would refuse the lead with “<span className="text-foreground">{tried.reason}</span>”.
        </p>
      )}
    </>
  )
}

type ValuesProps = {
  fields: TriedRule['fields']
  values: Record<string, string>
  onType: (name: string, value: string) => void
}

function Values({ fields, values, onType }: ValuesProps) {
  const id = useId()
  return (
    <div className="grid gap-2 sm:grid-cols-2">
      {fields.map(({ name, label, value, masked }) => (
        <div key={name} className="flex min-w-0 flex-col gap-1">
          <label htmlFor={`${id}-${name}`} className="truncate text-secondary text-xs">
            {label}
          </label>
          <Input
            id={`${id}-${name}`}
            value={values[name] ?? (masked ? '' : value)}
            placeholder={masked ? 'Kept hidden; type one to try' : 'blank'}
            onChange={(event) => onType(name, event.target.value)}
          />
        </div>
      ))}
    </div>
  )
}

function TesterPanel({ rule, tester }: RuleTesterProps) {
  const [leadId, setLeadId] = useState('')
  const [values, setValues] = useState<Record<string, string>>({})
  const asked = { rule, values, ...(leadId !== '' && { leadId }) }
  const { value: tried, refusal, isStale } = useAnswer(asked, tester.tryRule)
  return (
    <section
      data-scratch
      aria-label="Rule tester"
      className="flex min-w-0 flex-col gap-3 rounded-lg border bg-muted/40 p-3"
    >
      <NativeSelect
        aria-label="Lead to try the rule on"
        className="max-w-80"
        value={leadId}
        onChange={(event) => {
          setLeadId(event.target.value)
          setValues({})
        }}
      >
        <option value="">A sample lead</option>
        {tester.leads.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </NativeSelect>
      {tried && (
        <Values
          fields={tried.fields}
          values={values}
          onType={(name, value) => setValues((now) => ({ ...now, [name]: value }))}
        />
      )}
      <div aria-live="polite" className={cn('flex min-w-0 flex-col gap-2 transition-opacity', isStale && 'opacity-60')}>
        {refusal ? <p className="text-red text-sm">{refusal}</p> : tried && <Verdict tried={tried} />}
      </div>
    </section>
  )
}

/** Tries a rule on a lead while it is written. */
export function RuleTester(props: RuleTesterProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Button
        variant="ghost"
        size="sm"
        className="-ml-1 self-start"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <FlaskConical className="size-3.5" />
        {isOpen ? 'Close the tester' : 'Try it on a lead'}
      </Button>
      {isOpen && <TesterPanel {...props} />}
    </div>
  )
}
