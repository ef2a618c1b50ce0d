'use client'

import { withStep } from '@/components/flow/draft-document'
import { DraftFrame, DraftNumber } from '@/components/flow/draft-field'
import { ProblemNotes, problemsAt } from '@/components/flow/problem-notes'
import { NativeSelect } from '@/components/ui/native-select'
import { type DistributionStep, type Strategy, strategies } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { PanelFrame, PanelPart } from '../panel-frame'
import { StepActions } from '../step-actions'
import { strategyHelp, strategyWords } from '../strategy-words'
import { GroupOfMember } from './group-of-member'
import { MemberList } from './member-list'
import { StepName } from './step-name'

type DistributionPanelProps = { step: DistributionStep; path: string; within: DistributionStep | undefined }

/** A group of buyers, and how one of them is chosen. */
export function DistributionPanel({ step, path, within }: DistributionPanelProps) {
  const { problems, change } = useEditor()
  const edit = (part: Partial<DistributionStep>) =>
    change((now) => withStep(now, step.id, (is) => (is.type === 'distribution' ? { ...is, ...part } : is)))
  return (
    <PanelFrame
      title={step.name}
      description="One lead, many possible buyers: the right one gets it, and the log says of the others why not."
      actions={
        within ? <GroupOfMember within={within} /> : <StepActions step={step} index={Number(path.split('.')[1])} />
      }
    >
      <StepName step={step} />
      <DraftFrame label="Strategy" hint={strategyHelp[step.strategy]} problems={problemsAt(problems, `${path}.table`)}>
        {(control) => (
          <NativeSelect
            {...control}
            value={step.strategy}
            onChange={(event) => edit({ strategy: event.target.value as Strategy })}
          >
            {strategies
              .filter((strategy) => strategy !== 'table' || step.strategy === strategy)
              .map((strategy) => (
                <option key={strategy} value={strategy}>
                  {strategyWords[strategy]}
                </option>
              ))}
          </NativeSelect>
        )}
      </DraftFrame>
      <DraftNumber
        label="Sells to"
        suffix="buyers"
        className="max-w-60"
        value={step.sell_to}
        min={1}
        max={100}
        isWhole
        mayBeEmpty
        hint="At most so many buyers get the lead. Empty: one, or all in a broadcast."
        problems={problemsAt(problems, `${path}.sell_to`)}
        onChange={(count) => edit({ sell_to: count })}
      />
      {step.strategy === 'highest_price' && (
        <DraftNumber
          label="Waits for bids"
          suffix="seconds"
          className="max-w-60"
          value={step.bids_within_seconds}
          min={0.1}
          max={60}
          mayBeEmpty
          placeholder="3"
          hint="Of buyers that are pinged. Whoever has not answered by then has no bid."
          problems={problemsAt(problems, `${path}.bids_within_seconds`)}
          onChange={(seconds) => edit({ bids_within_seconds: seconds })}
        />
      )}
      <PanelPart title="Buyers" description="In the order in which they stand.">
        <ProblemNotes
          problems={problemsAt(problems, `${path}.buyers`).filter((one) => one.path === `${path}.buyers`)}
        />
        <MemberList step={step} path={path} />
      </PanelPart>
    </PanelFrame>
  )
}
