'use client'

import { Play, Waypoints } from 'lucide-react'
import { useId, useRef, useState, useTransition } from 'react'
import { isError } from '@/components/flow/problem-notes'
import { RefusalAlert } from '@/components/form/form'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { EmptyState } from '@/components/ui/empty-state'
import { Label } from '@/components/ui/label'
import { NativeSelect } from '@/components/ui/native-select'
import type { SimulatedAnswer, Simulation } from '@/lib/backtests/schema'
import type { Problem } from '@/lib/engine/types'
import { type Refusal, unavailable } from '@/lib/errors'
import { DraftErrors } from '../../_components/draft-errors'
import type { RecentLead } from '../../recent-leads'
import { LeadChoice } from '../../test/_components/lead-choice'
import { LeadForm } from '../../test/_components/lead-form'
import { type LeadText, leadOf, recentText, startOf } from '../../test/_components/lead-text'
import type { TestField } from '../../test/test-fields'
import { simulateLeadAction } from '../actions'
import { overlayOf } from './lead-overlay'
import { type Moment, MomentField } from './moment-field'
import { SimulationResult } from './simulation-result'

type SimulatorProps = {
  flowId: string
  fields: readonly TestField[]
  leads: readonly RecentLead[]
  sources: readonly { id: string; name: string }[]
  timeZones: readonly string[]
  problems: readonly Problem[]
  canRun: boolean
}

type Answers = Record<string, SimulatedAnswer>

/** A lead and a moment, and who would get it. What a buyer says is changed where its line stands. */
export function Simulator({ flowId, fields, leads, sources, timeZones, problems, canRun }: SimulatorProps) {
  const id = useId()
  const [lead, setLead] = useState<LeadText>(() => startOf(fields))
  const [leadId, setLeadId] = useState('')
  const [sourceId, setSourceId] = useState('')
  const [moment, setMoment] = useState<Moment>({ at: '', timeZone: timeZones[0] ?? 'UTC' })
  const [isAllReady, setAllReady] = useState(false)
  const [answers, setAnswers] = useState<Answers>({})
  const [simulation, setSimulation] = useState<Simulation>()
  const [refusal, setRefusal] = useState<Refusal>()
  const [isPending, start] = useTransition()
  const results = useRef<HTMLDivElement>(null)
  const errors = problems.filter(isError)
  const body = leadOf(lead, fields)
  const recent = leads.find((one) => one.id === leadId)

  function chooseLead(chosen: string) {
    const values = leads.find((one) => one.id === chosen)?.values
    setLeadId(chosen)
    setLead(values ? recentText(values, fields) : startOf(fields))
  }

  const run = (said: Answers) =>
    start(async () => {
      const { at, timeZone } = moment
      const result = await simulateLeadAction({
        flowId,
        lead: overlayOf(recent, body ?? {}),
        ...(recent && { leadId: recent.id }),
        ...(sourceId !== '' && { sourceId }),
        ...(at !== '' && { at }),
        timeZone,
        answers: said,
        allReady: isAllReady,
      }).catch(() => ({
        ok: false as const,
        error: unavailable('Baton could not be reached. Check your connection, then try again.'),
      }))
      setRefusal(result.ok ? undefined : result.error)
      if (result.ok) setSimulation(result.value)
    })

  function simulate() {
    run(answers)
    if (!window.matchMedia('(min-width: 64rem)').matches)
      results.current?.scrollIntoView({ block: 'start', behavior: 'smooth' })
  }

  function answer(stepId: string, said: SimulatedAnswer) {
    const next = { ...answers, [stepId]: said }
    setAnswers(next)
    run(next)
  }

  return (
    <div className="grid min-w-0 items-start gap-6 lg:grid-cols-[22rem_minmax(0,1fr)]">
      <section aria-label="Lead and moment" className="flex min-w-0 flex-col gap-4 rounded-lg border bg-surface p-4">
        <MomentField moment={moment} timeZones={timeZones} onChange={setMoment} />
        <LeadChoice leads={leads} chosen={leadId} onChoose={chooseLead} />
        <div className="flex flex-col gap-1.5">
          <Label htmlFor={`${id}-source`}>Comes from</Label>
          <NativeSelect id={`${id}-source`} value={sourceId} onChange={({ target }) => setSourceId(target.value)}>
            <option value="">{recent ? 'Its own source' : 'No source'}</option>
            {sources.map((source) => (
              <option key={source.id} value={source.id}>
                {source.name}
              </option>
            ))}
          </NativeSelect>
        </div>
        <div className="flex items-start gap-2.5">
          <Checkbox
            id={`${id}-ready`}
            className="mt-0.5"
            checked={isAllReady}
            onCheckedChange={(checked) => setAllReady(checked === true)}
          />
          <Label htmlFor={`${id}-ready`} className="font-normal text-base">
            Take steps that are off or waiting as ready
          </Label>
        </div>
        <div className="flex flex-col gap-3 border-t pt-4">
          <LeadForm
            fields={fields}
            lead={lead}
            onChange={setLead}
            isWrong={body === undefined}
            title="Its data"
            isShort
          />
        </div>
        <Button
          variant="primary"
          pending={isPending}
          disabled={!canRun || !body || isPending || errors.length > 0}
          onClick={simulate}
          className="self-start"
        >
          <Play />
          Simulate
        </Button>
      </section>
      <div ref={results} aria-live="polite" aria-busy={isPending} className="flex min-w-0 scroll-mt-16 flex-col gap-4">
        <DraftErrors flowId={flowId} errors={errors} />
        {refusal && <RefusalAlert refusal={refusal} />}
        {simulation ? (
          <SimulationResult simulation={simulation} answers={answers} onAnswer={answer} />
        ) : (
          <EmptyState icon={<Waypoints />} title="Nothing tried yet">
            Choose a lead and a moment. You see every buyer, in order: who would get it, who is closed, full or not
            meant, and what happens when one refuses.
          </EmptyState>
        )}
      </div>
    </div>
  )
}
