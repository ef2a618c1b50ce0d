'use client'

import { ArrowDown, ArrowUp, LogIn, LogOut, Plus, Split, Trash2 } from 'lucide-react'
import { useState } from 'react'
import {
  distributionsFor,
  type Member,
  membersFor,
  moveIntoDistribution,
  moveMember,
  removeMember,
  takeOutOfDistribution,
} from '@/components/flow/distribution-members'
import { withStep } from '@/components/flow/draft-document'
import { DraftNumber } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { RuleEditor } from '@/components/flow/rule-editor'
import { sharesOf } from '@/components/selling/shares'
import { Button } from '@/components/ui/button'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import type { DistributionStep, Rule, Step } from '@/lib/engine/schema'
import { AddStepDialog } from '../add-step'
import { useEditor } from '../editor-context'
import { ruleVariables } from '../rule-variables'
import { strategyWords } from '../strategy-words'
import { ShareBar } from './share-bar'

/** The buyers of a distribution: their order, their weights, and who else comes in. */
export function MemberList({ step, path }: { step: DistributionStep; path: string }) {
  const [adding, setAdding] = useState<'buyer' | 'distribution'>()
  const shares = sharesIn(step)
  return (
    <>
      {shares.length > 0 && <ShareBar parts={shares} />}
      {step.buyers.length > 0 && (
        <ol aria-label="Buyers of the distribution" className="flex flex-col gap-2">
          {step.buyers.map((member, at) => (
            <MemberRow
              key={member.id}
              within={step}
              member={member}
              at={at}
              share={shares.find(({ id }) => id === member.id)?.share}
              path={`${path}.buyers.${at}`}
            />
          ))}
        </ol>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button size="sm" onClick={() => setAdding('buyer')}>
          <Plus />
          Add a buyer
        </Button>
        <Button size="sm" onClick={() => setAdding('distribution')}>
          <Split />
          Add a group
        </Button>
        <MoveIn step={step} />
      </div>
      <AddStepDialog kind={adding} into={step.id} onDone={() => setAdding(undefined)} />
    </>
  )
}

/** The part of the leads that each buyer and group gets, where they are weighed. */
function sharesIn({ strategy, buyers }: DistributionStep): { id: string; name: string; share: number }[] {
  if (strategy !== 'weighted') return []
  const weighed = buyers.filter((member) => member.type === 'distribution' || !member.standby)
  const shares = sharesOf(weighed.map(({ weight }) => weight ?? 1))
  return weighed.map(({ id, name }, index) => ({ id, name, share: shares[index] ?? 0 }))
}

type MemberRowProps = {
  within: DistributionStep
  member: Member
  at: number
  share: number | undefined
  path: string
}

function MemberRow({ within, member, at, share, path }: MemberRowProps) {
  const { view, change, go, problems, announce } = useEditor()
  const move = (by: number) => {
    change((now) => moveMember(now, within.id, member.id, by))
    announce(`${member.name} is at position ${at + by + 1} of ${within.buyers.length}`)
  }
  return (
    <li className="flex flex-wrap items-center justify-between gap-2 rounded-lg border bg-surface px-3 py-2">
      <Button
        variant="link"
        className="min-w-0 max-w-full justify-start"
        onClick={() => go({ kind: 'step', id: member.id })}
      >
        {member.type === 'distribution' && <Split />}
        <span className="truncate">{member.name}</span>
        <MemberWords member={member} />
      </Button>
      {share !== undefined && <Weight member={member} share={share} path={path} />}
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
        <MoveOut member={member} />
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

const many = (count: number) => (count === 1 ? '1 buyer' : `${count} buyers`)

function MemberWords({ member }: { member: Member }) {
  const words =
    member.type === 'distribution'
      ? `${strategyWords[member.strategy].toLowerCase()}, ${many(member.buyers.length)}`
      : member.standby && 'standby'
  return words ? <span className="truncate font-normal text-tertiary">{words}</span> : null
}

function Weight({ member, share, path }: { member: Member; share: number; path: string }) {
  const { change, problems } = useEditor()
  return (
    <span className="flex items-center gap-3">
      <DraftNumber
        label={`Weight of ${member.name}`}
        className="w-24 [&>label]:sr-only"
        value={member.weight}
        max={1_000_000}
        isWhole
        mayBeEmpty
        placeholder="1"
        problems={problemsAt(problems, `${path}.weight`)}
        onChange={(weight) => change((now) => withStep(now, member.id, (is) => ({ ...is, weight }) as typeof is))}
      />
      <span className="w-12 text-right font-medium text-base tabular-nums">{share}%</span>
    </span>
  )
}

/** Another place for a member: the flow, or another group. */
function MoveOut({ member }: { member: Member }) {
  const { document, change, announce } = useEditor()
  const groups = distributionsFor(document.steps, member.id)
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={`Move ${member.name} elsewhere`}>
          <LogOut />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem
          onSelect={() => {
            change((now) => takeOutOfDistribution(now, member.id))
            announce(`${member.name} is a step of the flow`)
          }}
        >
          Out to the flow
        </DropdownMenuItem>
        {groups.map(({ id, name }) => (
          <DropdownMenuItem
            key={id}
            onSelect={() => {
              change((now) => moveIntoDistribution(now, member.id, id))
              announce(`${member.name} is in ${name}`)
            }}
          >
            Into {name}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}

/** Buyers and groups from elsewhere in the flow, to be moved in. */
function MoveIn({ step }: { step: DistributionStep }) {
  const { document, change } = useEditor()
  const others = membersFor(document.steps, step.id)
  if (others.length === 0) return null
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button size="sm">
          <LogIn />
          Move in
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
