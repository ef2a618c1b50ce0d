'use client'

import { FlaskConical } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import type { Rule } from '@/lib/engine/schema'
import { Button } from '../ui/button'
import { cn } from '../ui/cn'
import { Input } from '../ui/input'
import { NativeSelect } from '../ui/native-select'
import { RuleReportView } from './rule-report'
import type { RuleTools, TriedRule } from './rule-tools'

type Tester = NonNullable<RuleTools['tester']>
type RuleTesterProps = { rule: Rule; tester: Tester }

const pauseMs = 250

/** What a rule says of a lead, a moment after each change; the answer to an older question never shows. */
function useTried(rule: Rule, leadId: string, values: Record<string, string>, tester: Tester) {
  const [tried, setTried] = useState<TriedRule>()
  const [refusal, setRefusal] = useState<string>()
  const [isOld, setOld] = useState(true)
  const asked = useRef(0)
  const { tryRule } = tester
  const key = JSON.stringify({ rule, values, ...(leadId !== '' && { leadId }) })
  useEffect(() => {
    const mine = ++asked.current
    setOld(true)
    const timer = setTimeout(async () => {
      const result = await tryRule(JSON.parse(key)).catch(() => undefined)
      if (asked.current !== mine) return
      setOld(false)
      if (result?.ok) setTried(result.value)
      setRefusal(result?.ok ? undefined : (result?.error.message ?? 'The rule could not be tried.'))
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [key, tryRule])
  return { tried, refusal, isOld }
}

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
  const { tried, refusal, isOld } = useTried(rule, leadId, values, tester)
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
      <div aria-live="polite" className={cn('flex min-w-0 flex-col gap-2 transition-opacity', isOld && 'opacity-60')}>
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
