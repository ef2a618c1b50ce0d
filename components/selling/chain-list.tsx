'use client'

import { ArrowDown, ArrowUp, Hourglass, Plus, Trash2 } from 'lucide-react'
import type { Failover } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { DraftNumber } from '../flow/draft-field'
import { ProblemNotes, problemsAt } from '../flow/problem-notes'
import { type Keyed, useRows } from '../flow/use-rows'
import { Tick } from '../form/toggle'
import { Button } from '../ui/button'
import { DurationField } from './duration-field'
import { type BuyerChoice, BuyerSelect } from './stand-in'

type Link = Failover['failover_chain'][number]
type BuyerLink = Extract<Link, { buyer: string }>
/** A link without a buyer is half-written: it is kept here and not saved. */
type Row = { link: Link }

type ChainListProps = {
  chain: readonly Link[]
  onChange: (chain: Link[]) => void
  buyers: readonly BuyerChoice[]
  path: string
  problems: readonly Problem[]
}

const isWhole = ({ link }: Row) => 'action' in link || link.buyer !== ''

/** Who is asked after a failure, one after the other, and what becomes of the lead then. */
export function ChainList({ chain, onChange, buyers, path, problems }: ChainListProps) {
  const list = useRows<Row>(
    chain.map((link) => ({ link })),
    (rows) => onChange(rows.filter(isWhole).map(({ link }) => link)),
  )
  const isQueued = list.rows.some(({ link }) => 'action' in link)
  return (
    <div className="flex flex-col gap-2">
      {list.rows.length > 0 && (
        <ol aria-label="If it fails" className="flex flex-col gap-2">
          {list.rows.map((row, at) => (
            <ChainRow
              key={row.key}
              row={row}
              number={at + 1}
              buyers={buyers}
              problems={problemsAt(problems, `${path}.${list.rows.slice(0, at).filter(isWhole).length}`)}
              onChange={(link) => list.change(row.key, { link })}
              onRemove={() => list.remove(row.key)}
              {...moves(list, at)}
            />
          ))}
        </ol>
      )}
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={() => list.add({ link: { buyer: '' } })}>
          <Plus />
          Add a buyer to the chain
        </Button>
        {!isQueued && (
          <Button size="sm" onClick={() => list.add({ link: { action: 'queue_for_retry', retry_after: '1 hour' } })}>
            <Hourglass />
            Queue for retry
          </Button>
        )}
      </div>
    </div>
  )
}

type Rows = ReturnType<typeof useRows<Row>>
type Moves = { onUp?: () => void; onDown?: () => void }

function moves({ rows, move }: Rows, at: number): Moves {
  const [own, before, after] = [rows[at], rows[at - 1], rows[at + 1]]
  return {
    ...(own && before && { onUp: () => move(own.key, before.key) }),
    ...(own && after && { onDown: () => move(own.key, after.key) }),
  }
}

type ChainRowProps = Moves & {
  row: Keyed<Row>
  number: number
  buyers: readonly BuyerChoice[]
  problems: readonly Problem[]
  onChange: (link: Link) => void
  onRemove: () => void
}

function ChainRow({ row: { link }, number, buyers, problems, onChange, onRemove, onUp, onDown }: ChainRowProps) {
  return (
    <li className="flex items-start gap-2 rounded-lg border bg-surface p-3">
      <span
        aria-hidden
        className="mt-1 grid size-5 shrink-0 place-items-center rounded-full border text-2xs text-tertiary"
      >
        {number}
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        {'buyer' in link ? (
          <BuyerLinkFields {...{ link, number, buyers, problems, onChange }} />
        ) : (
          <DurationField
            label="Queue for retry after"
            value={link.retry_after}
            hint="Where nobody else takes it, the lead is held and this buyer tried again then."
            problems={problems}
            onChange={(retry_after) => onChange({ ...link, retry_after })}
          />
        )}
      </div>
      <span className="flex shrink-0 items-center">
        <Button variant="ghost" size="icon" aria-label={`Move ${number} up`} disabled={!onUp} onClick={onUp}>
          <ArrowUp />
        </Button>
        <Button variant="ghost" size="icon" aria-label={`Move ${number} down`} disabled={!onDown} onClick={onDown}>
          <ArrowDown />
        </Button>
        <Button variant="ghost" size="icon" aria-label={`Remove ${number} from the chain`} onClick={onRemove}>
          <Trash2 />
        </Button>
      </span>
    </li>
  )
}

type Conditions = NonNullable<BuyerLink['conditions']>

function withConditions(
  { conditions: _, ...link }: BuyerLink,
  { max_attempts, business_hours_only }: Conditions,
): BuyerLink {
  const said = {
    ...(max_attempts !== undefined && { max_attempts }),
    ...(business_hours_only && { business_hours_only }),
  }
  return Object.keys(said).length > 0 ? { ...link, conditions: said } : link
}

type BuyerLinkProps = Pick<ChainRowProps, 'number' | 'buyers' | 'problems'> & {
  link: BuyerLink
  onChange: (link: Link) => void
}

function BuyerLinkFields({ link, number, buyers, problems, onChange }: BuyerLinkProps) {
  const conditions = link.conditions ?? {}
  const set = (part: Conditions) => onChange(withConditions(link, { ...conditions, ...part }))
  const ofBuyer = problems.filter(({ path }) => path.endsWith('.buyer'))
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <BuyerSelect
          label={`Buyer ${number}`}
          value={link.buyer}
          onChange={(buyer) => onChange({ ...link, buyer })}
          buyers={buyers}
          problems={ofBuyer}
        />
        <DraftNumber
          label={`Tries of buyer ${number}`}
          optional
          value={conditions.max_attempts}
          min={1}
          max={20}
          isWhole
          mayBeEmpty
          placeholder="Its own"
          onChange={(most) => {
            const { max_attempts: _, ...rest } = conditions
            onChange(withConditions(link, most === undefined ? rest : { ...rest, max_attempts: most }))
          }}
        />
      </div>
      <Tick
        label="Only in its business hours, else the account’s"
        checked={conditions.business_hours_only === true}
        onChange={(business_hours_only) => set({ business_hours_only })}
      />
      <ProblemNotes problems={problems.filter((problem) => !ofBuyer.includes(problem))} />
    </>
  )
}
