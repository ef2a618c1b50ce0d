'use client'

import { ArrowDown, ArrowUp, LogIn, LogOut, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import {
  type Member,
  moveIntoDistribution,
  moveMember,
  removeMember,
  takeOutOfDistribution,
} from '@/components/flow/distribution-members'
import { withStep } from '@/components/flow/draft-document'
import { DraftNumber } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { RuleEditor } from '@/components/flow/rule-editor'
import { Button } from '@/components/ui/button'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import type { DistributionStep, Rule, Step } from '@/lib/engine/schema'
import { AddStepDialog } from '../add-step'
import { useEditor } from '../editor-context'
import { ruleVariables } from '../rule-variables'

/** The buyers of a distribution: their order, their weights, and who else comes in. */
export function MemberList({ step, path }: { step: DistributionStep; path: string }) {
  const [isAdding, setAdding] = useState(false)
  return (
    <>
      {step.buyers.length > 0 && (
        <ol aria-label="Buyers of the distribution" className="flex flex-col gap-2">
          {step.buyers.map((member, at) => (
            <MemberRow key={member.id} within={step} member={member} at={at} path={`${path}.buyers.${at}`} />
          ))}
        </ol>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button size="sm" onClick={() => setAdding(true)}>
          <Plus />
          Add a buyer
        </Button>
        <MoveIn step={step} />
      </div>
      <AddStepDialog kind={isAdding ? 'buyer' : undefined} into={step.id} onDone={() => setAdding(false)} />
    </>
  )
}

type MemberRowProps = { within: DistributionStep; member: Member; at: number; path: string }

function MemberRow({ within, member, at, path }: MemberRowProps) {
  const { view, change, go, problems, announce } = useEditor()
  const move = (by: number) => {
    change((now) => moveMember(now, within.id, member.id, by))
    announce(`${member.name} is at position ${at + by + 1} of ${within.buyers.length}`)
  }
  return (
    <li className="flex flex-wrap items-end justify-between gap-2 rounded-lg border bg-surface px-3 py-2">
      <Button
        variant="link"
        className="min-w-0 max-w-full justify-start"
        onClick={() => go({ kind: 'step', id: member.id })}
      >
        <span className="truncate">{member.name}</span>
      </Button>
      {within.strategy === 'weighted' && member.type === 'buyer' && (
        <DraftNumber
          label={`Weight of ${member.name}`}
          className="w-44"
          value={member.weight}
          max={1_000_000}
          isWhole
          mayBeEmpty
          problems={problemsAt(problems, `${path}.weight`)}
          onChange={(weight) => change((now) => withStep(now, member.id, (is) => ({ ...is, weight }) as typeof is))}
        />
      )}
      <span className="flex items-center gap-0.5">
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Move ${member.name} up`}
          disabled={at === 0}
          onClick={() => move(-1)}
        >
          <ArrowUp />
        </Button>
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Move ${member.name} down`}
          disabled={at === within.buyers.length - 1}
          onClick={() => move(1)}
        >
          <ArrowDown />
        </Button>
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Take ${member.name} out to the flow`}
          onClick={() => change((now) => takeOutOfDistribution(now, member.id))}
        >
          <LogOut />
        </Button>
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Remove ${member.name}`}
          onClick={() => change((now) => removeMember(now, within.id, member.id))}
        >
          <Trash2 />
        </Button>
      </span>
      {within.strategy === 'rules' && (
        <div className="w-full min-w-0">
          <RuleEditor
            label={`${member.name} is chosen when`}
            none="No conditions: always."
            rule={member.when}
            variables={ruleVariables(view.variables)}
            problems={problemsAt(problems, `${path}.when`)}
            onChange={(rule) => change((now) => withStep(now, member.id, (is) => chosenWhen(is, rule)))}
          />
        </div>
      )}
    </li>
  )
}

function chosenWhen(step: Step, rule: Rule | undefined): Step {
  if (step.type !== 'buyer' && step.type !== 'distribution') return step
  const { when: _, ...rest } = step
  return rule === undefined ? rest : { ...rest, when: rule }
}

/** Buyer steps of the flow, to be moved into the distribution. */
function MoveIn({ step }: { step: DistributionStep }) {
  const { document, change } = useEditor()
  const others = document.steps.filter(({ type }) => type === 'buyer')
  // Only what stands in the flow itself takes in its steps.
  if (others.length === 0 || !document.steps.some(({ id }) => id === step.id)) return null
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button size="sm">
          <LogIn />
          Move in a buyer
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        {others.map(({ id, name }) => (
          <DropdownMenuItem key={id} onSelect={() => change((now) => moveIntoDistribution(now, id, step.id))}>
            {name}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
