import { TraceList } from '@/components/flow/trace-list'
import { ConsideredTable } from '@/components/lead/considered-table'
import { Alert } from '@/components/ui/alert'
import { Card } from '@/components/ui/card'
import { Money } from '@/components/ui/money'
import { NativeSelect } from '@/components/ui/native-select'
import { OutcomeBadge, OutcomeIcon } from '@/components/ui/outcome-badge'
import type { SimulatedAnswer, SimulatedBuyer, Simulation } from '@/lib/backtests/schema'

type SimulationResultProps = {
  simulation: Simulation
  answers: Record<string, SimulatedAnswer>
  onAnswer: (stepId: string, answer: SimulatedAnswer) => void
}

const momentWords = (at: string, timeZone: string) =>
  new Date(at).toLocaleString('en-US', {
    weekday: 'long',
    month: 'short',
    day: 'numeric',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  })

function endWords({ outcome, reason, considered }: Simulation): string {
  const names = considered.filter((row) => row.outcome === 'accepted').map(({ name }) => name)
  if (names.length > 0) return `${new Intl.ListFormat('en').format(names)} would get it.`
  return reason ?? (outcome === 'pending' ? 'It is not known who has it.' : 'Nobody would get it.')
}

/** Who would get the lead, and why. */
export function SimulationResult({ simulation, answers, onAnswer }: SimulationResultProps) {
  const { at, timeZone, outcome, costCents, revenueCents, considered, notes, trace, steps } = simulation
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <section
        aria-label="Outcome"
        className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-lg border bg-surface px-4 py-3"
      >
        <OutcomeBadge outcome={outcome} />
        <span className="min-w-0 flex-1 basis-48 text-pretty font-medium">{endWords(simulation)}</span>
        <span className="text-sm text-tertiary">
          source gets <Money cents={costCents} /> · buyers pay <Money cents={revenueCents} />
        </span>
        <p className="basis-full text-sm text-tertiary">
          {momentWords(at, timeZone)}, {timeZone.replaceAll('_', ' ')}
        </p>
      </section>
      {notes.length > 0 && (
        <Alert>
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Alert>
      )}
      {(trace.length > 0 || steps.length > 0) && (
        <Card title="On its way">
          <div className="flex flex-col gap-3">
            <TraceList trace={trace} />
            {steps.map((step) => (
              <div key={step.stepId} className="flex gap-2.5">
                <OutcomeIcon outcome={step.outcome} className="pt-0.5" />
                <div className="flex min-w-0 flex-col gap-1">
                  <p className="font-medium text-sm">{step.name}</p>
                  <TraceList trace={step.trace} />
                </div>
              </div>
            ))}
          </div>
        </Card>
      )}
      <Card title="Who would get it" flush>
        {considered.length > 0 ? (
          <ConsideredTable
            rows={considered}
            caption="Every buyer that is considered, and what would come of it"
            timeZone={timeZone}
            more={(row) => <BuyerSide row={row} answer={answers[row.stepId]} onAnswer={onAnswer} />}
          />
        ) : (
          <p className="p-4 text-sm text-tertiary">The draft has no buyer yet.</p>
        )}
      </Card>
    </div>
  )
}

const wasAsked = new Set(['accepted', 'rejected', 'error', 'unknown'])

type BuyerSideProps = {
  row: SimulatedBuyer
  answer: SimulatedAnswer | undefined
  onAnswer: SimulationResultProps['onAnswer']
}

/** How full its caps are, and what it is taken to say when it is asked. */
function BuyerSide({ row, answer, onAnswer }: BuyerSideProps) {
  const { stepId, name, outcome, caps = [] } = row
  const isShown = wasAsked.has(outcome) || answer !== undefined
  return (
    <>
      {caps.length > 0 && (
        <p className="text-tertiary text-xs">
          Cap {caps.map(({ words, isLive }) => (isLive ? words : `${words}, taken as empty`)).join('; ')}
        </p>
      )}
      {isShown && (
        <NativeSelect
          aria-label={`What ${name} says`}
          className="mt-1.5 max-w-56"
          value={answer ?? 'accepts'}
          onChange={({ target }) => onAnswer(stepId, target.value as SimulatedAnswer)}
        >
          <option value="accepts">accepts it</option>
          <option value="refuses">refuses it</option>
          <option value="fails">fails</option>
          <option value="silent">gives no answer</option>
        </NativeSelect>
      )}
    </>
  )
}
