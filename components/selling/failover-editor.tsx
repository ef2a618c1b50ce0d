'use client'

import { Failover } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { DraftNumber, DraftText } from '../flow/draft-field'
import { ProblemNotes, problemsAt } from '../flow/problem-notes'
import { Button } from '../ui/button'
import { BreakerFields } from './breaker-fields'
import { ChainList } from './chain-list'
import type { BuyerChoice } from './stand-in'

type FailoverEditorProps = {
  failover: Failover | undefined
  onChange: (failover: Failover | undefined) => void
  buyers: readonly BuyerChoice[]
  path: string
  problems: readonly Problem[]
  /** Forms that keep rows of their own begin anew when it changes. */
  revision: number
}

type Detection = NonNullable<Failover['failure_detection']>

const empty = Failover.parse({})

const codesOf = (text: string) =>
  text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(Number)
const checkCodes = (text: string) => {
  const codes = codesOf(text)
  if (codes.length > 50) return 'Give at most 50 codes.'
  const isCode = (code: number) => Number.isInteger(code) && code >= 100 && code <= 599
  return codes.every(isCode) ? undefined : 'Give status codes from 100 to 599, with commas between them.'
}

/** A failover that says nothing is none. */
function tidy({ failure_detection: detection, ...rest }: Failover): Failover | undefined {
  const said = detection && Object.keys(detection).length > 0 ? { failure_detection: detection } : {}
  const failover = { ...rest, ...said }
  return failover.failover_chain.length > 0 || Object.keys(failover).length > 1 ? failover : undefined
}

/** What counts as a failure of a delivery, and who is asked then. */
export function FailoverEditor({ failover, onChange, buyers, path, problems, revision }: FailoverEditorProps) {
  const now = failover ?? empty
  const detection: Detection = now.failure_detection ?? {}
  const set = (part: Partial<Failover>) => onChange(tidy({ ...now, ...part }))
  const at = (name: string) => problemsAt(problems, `${path}.${name}`)
  const setCodes = (codes: number[]) => {
    const { error_codes: _, ...rest } = detection
    set({ failure_detection: codes.length > 0 ? { ...rest, error_codes: codes } : rest })
  }
  const setTimeout = (seconds: number | undefined) => {
    const { timeout_ms: _, ...rest } = detection
    set({
      failure_detection: seconds === undefined ? rest : { ...rest, timeout_ms: Math.round(seconds * 1_000) },
    })
  }
  const setBreaker = (breaker: Detection['circuit_breaker']) => {
    const { circuit_breaker: _, ...rest } = detection
    set({ failure_detection: breaker === undefined ? rest : { ...rest, circuit_breaker: breaker } })
  }
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <DraftText
          label="Codes that are failures"
          optional
          mono
          inputMode="numeric"
          value={detection.error_codes?.join(', ') ?? ''}
          placeholder="500, 502, 503, 504"
          check={checkCodes}
          hint="Beside those that Answers calls an error. A connection that fails always counts."
          problems={at('failure_detection.error_codes')}
          onChange={(text) => setCodes([...new Set(codesOf(text))])}
        />
        <DraftNumber
          label="No answer within"
          optional
          suffix="seconds"
          value={detection.timeout_ms === undefined ? undefined : detection.timeout_ms / 1_000}
          min={0.1}
          max={360}
          mayBeEmpty
          hint="Empty: a delivery without an answer is no failure, as the buyer may have the lead."
          problems={at('failure_detection.timeout_ms')}
          onChange={setTimeout}
        />
      </div>
      <BreakerFields
        breaker={detection.circuit_breaker}
        onChange={setBreaker}
        path={`${path}.failure_detection.circuit_breaker`}
        problems={problems}
      />
      <PrimaryBuyer failover={now} problems={at('primary_buyer')} onChange={set} />
      <ChainList
        key={revision}
        chain={now.failover_chain}
        onChange={(failover_chain) => set({ failover_chain })}
        buyers={buyers}
        path={`${path}.failover_chain`}
        problems={problems}
      />
    </div>
  )
}

type PrimaryBuyerProps = {
  failover: Failover
  problems: readonly Problem[]
  onChange: (part: Partial<Failover>) => void
}

/** A document may say whose failover it is; it says nothing new, so there is no field for it but the way to take it out. */
function PrimaryBuyer({ failover, problems, onChange }: PrimaryBuyerProps) {
  if (failover.primary_buyer === undefined || problems.length === 0) return null
  const { primary_buyer: named, ...rest } = failover
  return (
    <div className="flex flex-wrap items-center gap-3">
      <ProblemNotes problems={problems} />
      <Button size="sm" onClick={() => onChange({ ...rest, primary_buyer: undefined } as Partial<Failover>)}>
        Take “{named}” out
      </Button>
    </div>
  )
}
