'use client'

import { withStep } from '@/components/flow/draft-document'
import { DraftNumber } from '@/components/flow/draft-field'
import { ProblemNotes, problemsAt } from '@/components/flow/problem-notes'
import { Tick } from '@/components/form/toggle'
import type { DistributionStep } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { PanelFrame, PanelPart } from '../panel-frame'
import { StepActions } from '../step-actions'
import { sellsToSeveral } from '../strategy-words'
import { GroupOfMember } from './group-of-member'
import { MemberList } from './member-list'
import { StepName } from './step-name'
import { StrategyPicker } from './strategy-picker'
import { TablePart } from './table-part'

type Part = { [Key in keyof DistributionStep]?: DistributionStep[Key] | undefined }
type DistributionPanelProps = { step: DistributionStep; path: string; within: DistributionStep | undefined }

const withPart = (step: DistributionStep, part: Part) =>
  Object.fromEntries(
    Object.entries({ ...step, ...part }).filter(([, value]) => value !== undefined),
  ) as unknown as DistributionStep

/** A group of buyers, and how one of them is chosen. */
export function DistributionPanel({ step, path, within }: DistributionPanelProps) {
  const { problems, change } = useEditor()
  const edit = (part: Part) =>
    change((now) => withStep(now, step.id, (is) => (is.type === 'distribution' ? withPart(is, part) : is)))
  return (
    <PanelFrame
      title={step.name}
      description="One lead, many possible buyers: the right one gets it, and the log says of the others why not."
      actions={
        within ? <GroupOfMember within={within} /> : <StepActions step={step} index={Number(path.split('.')[1])} />
      }
    >
      <StepName step={step} />
      <StrategyPicker strategy={step.strategy} onChange={(strategy) => edit({ strategy })} />
      <ProblemNotes problems={problemsAt(problems, `${path}.when`)} />
      <Limits step={step} path={path} isOuter={!within} onChange={edit} />
      {!within && <AtOnce step={step} path={path} onChange={edit} />}
      <BidTime step={step} path={path} onChange={edit} />
      {step.strategy === 'table' && (
        <TablePart step={step} onChange={(table) => edit({ table })} path={`${path}.table`} problems={problems} />
      )}
      <PanelPart
        title="Buyers"
        description={
          step.strategy === 'weighted'
            ? 'Each gets its share, exactly. One that is full or closed is left out meanwhile.'
            : 'In the order in which they stand. A group is a distribution of its own.'
        }
      >
        <ProblemNotes
          problems={problemsAt(problems, `${path}.buyers`).filter((one) => one.path === `${path}.buyers`)}
        />
        <MemberList step={step} path={path} />
      </PanelPart>
    </PanelFrame>
  )
}

type LimitsProps = { step: DistributionStep; path: string; isOuter: boolean; onChange: (part: Part) => void }

/** How many buyers may have a lead, and how long it may take. Within a group the outer distribution says so. */
function Limits({ step, path, isOuter, onChange }: LimitsProps) {
  const { problems } = useEditor()
  const { sell_to: most, time_budget_seconds: budget } = step
  if (!isOuter && most === undefined && budget === undefined)
    return (
      <p className="max-w-2xl text-pretty text-sm text-tertiary">
        How many buyers get a lead, and how long it may take, is said by the distribution that this group stands in.
      </p>
    )
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <DraftNumber
        label="Sells to"
        suffix="buyers"
        value={most}
        min={1}
        max={100}
        isWhole
        mayBeEmpty
        hint="At most so many buyers get the lead. Empty: one, or all in a broadcast."
        problems={problemsAt(problems, `${path}.sell_to`)}
        onChange={(count) => onChange({ sell_to: count })}
      />
      <DraftNumber
        label="Time for all of it"
        optional
        suffix="seconds"
        value={budget}
        min={1}
        max={360}
        mayBeEmpty
        hint="Nobody new is asked after that."
        problems={problemsAt(problems, `${path}.time_budget_seconds`)}
        onChange={(seconds) => onChange({ time_budget_seconds: seconds })}
      />
    </div>
  )
}

/** Whether a source waits for one buyer after the other, where several may have the lead. */
function AtOnce({ step, path, onChange }: Omit<LimitsProps, 'isOuter'>) {
  const { problems } = useEditor()
  const { parallel = false } = step
  if (!sellsToSeveral(step) && !parallel) return null
  return (
    <div className="flex flex-col gap-1.5">
      <Tick
        label="Ask several at once"
        hint="As many buyers are asked at the same time as may still have the lead, so its source waits for the slowest of them, not for one after the other."
        checked={parallel}
        onChange={(isOn) => onChange({ parallel: isOn || undefined })}
      />
      <ProblemNotes problems={problemsAt(problems, `${path}.parallel`)} />
    </div>
  )
}

/** How long a price that is bid is waited for. */
function BidTime({ step, path, onChange }: Omit<LimitsProps, 'isOuter'>) {
  const { problems } = useEditor()
  if (step.strategy !== 'highest_price') return null
  return (
    <DraftNumber
      label="Waits for bids"
      optional
      suffix="seconds"
      className="max-w-60"
      value={step.bids_within_seconds}
      min={0.1}
      max={60}
      mayBeEmpty
      placeholder="3"
      hint="Of buyers that are pinged. Whoever has not answered by then has no bid."
      problems={problemsAt(problems, `${path}.bids_within_seconds`)}
      onChange={(seconds) => onChange({ bids_within_seconds: seconds })}
    />
  )
}
