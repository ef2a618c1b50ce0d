'use client'

import { type ReactNode, useState } from 'react'
import type { Considered } from '@/lib/leads/schema'
import { ComparisonList } from '../flow/trace-list'
import { Button } from '../ui/button'
import { Money } from '../ui/money'
import { outcomeLook, toneText } from '../ui/outcome'
import { OutcomeIcon } from '../ui/outcome-badge'
import { RelativeTime } from '../ui/relative-time'
import { factsOf, reasonOf } from './considered-words'

type ConsideredTableProps<Row extends Considered> = {
  rows: readonly Row[]
  caption: string
  timeZone: string
  /** Beneath what is said of a buyer. */
  more?: (row: Row) => ReactNode
}

type Group<Row> = { key: string; name: string | undefined; rows: Row[] }

/** Buyers of one distribution stand together, and so do those of the flow itself until a distribution comes. */
function groupsOf<Row extends Considered>(rows: readonly Row[]): Group<Row>[] {
  const groups: Group<Row>[] = []
  for (const row of rows) {
    const key = row.within?.stepId ?? ''
    const last = groups.at(-1)
    if (last && last.key === key) last.rows.push(row)
    else groups.push({ key, name: row.within?.name, rows: [row] })
  }
  return groups.length < 2
    ? groups
    : groups.map(({ name = 'Buyers of the flow itself', ...rest }) => ({ name, ...rest }))
}

/** Every buyer that was considered, in the order in which they were, and how each ended. */
export function ConsideredTable<Row extends Considered>({ rows, caption, timeZone, more }: ConsideredTableProps<Row>) {
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Outcome</th>
          <th scope="col">Buyer and reason</th>
          <th scope="col">Price</th>
        </tr>
      </thead>
      {groupsOf(rows).map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups stay where they are
        <GroupBody key={`${group.key} ${index}`} group={group} timeZone={timeZone} more={more} />
      ))}
    </table>
  )
}

const mostShown = 12
const wasAsked = ({ outcome }: Considered) => outcome !== 'skipped'

type GroupBodyProps<Row> = { group: Group<Row>; timeZone: string; more: ((row: Row) => ReactNode) | undefined }

function GroupBody<Row extends Considered>({ group: { name, rows }, timeZone, more }: GroupBodyProps<Row>) {
  const [isWhole, setWhole] = useState(false)
  const least = Math.max(mostShown, rows.findLastIndex(wasAsked) + 1)
  const shown = isWhole || rows.length <= least + 2 ? rows : rows.slice(0, least)
  return (
    <tbody className="divide-y border-t first-of-type:border-t-0">
      {name !== undefined && (
        <tr className="bg-muted">
          <th scope="rowgroup" colSpan={3} className="px-4 py-1.5 text-left font-medium text-secondary">
            {name}
          </th>
        </tr>
      )}
      {shown.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows stay where they are
        <BuyerRow key={`${row.stepId} ${index}`} row={row} timeZone={timeZone} more={more} />
      ))}
      {shown.length < rows.length && (
        <tr>
          <td colSpan={3} className="px-3 py-1.5">
            <Button variant="ghost" size="sm" onClick={() => setWhole(true)}>
              Show {rows.length - shown.length} more
            </Button>
          </td>
        </tr>
      )}
    </tbody>
  )
}

/** What came of asking it, in its colour; of one that was not asked only why not. */
function Ending({ row }: { row: Considered }) {
  const { word, tone } = outcomeLook(row.outcome)
  const reason = reasonOf(row)
  const isSaid = wasAsked(row) && row.outcome !== 'queued'
  return (
    <p className="text-pretty text-secondary">
      {(isSaid || reason === undefined) && <span className={toneText[tone]}>{word}</span>}
      {isSaid && reason !== undefined && ': '}
      {reason}
    </p>
  )
}

type BuyerRowProps<Row> = { row: Row; timeZone: string; more: ((row: Row) => ReactNode) | undefined }

function BuyerRow<Row extends Considered>({ row, timeZone, more }: BuyerRowProps<Row>) {
  const { name, outcome, eventId, priceCents, buyerLeadId, waitsUntil, trace } = row
  const facts = factsOf(row)
  const compared = trace.flatMap(({ comparisons = [] }) => comparisons.filter(({ passed }) => !passed))
  return (
    <tr>
      <td className="w-8 py-2 pl-4 align-top">
        <OutcomeIcon outcome={outcome} className="pt-0.5" />
      </td>
      <td className="min-w-0 px-2 py-2">
        {eventId === undefined ? (
          <span className="font-medium">{name}</span>
        ) : (
          <a href={`#event-${eventId}`} className="rounded-sm font-medium hover:underline">
            {name}
          </a>
        )}
        <Ending row={row} />
        {compared.length > 0 && <ComparisonList comparisons={compared} className="mt-0.5 text-tertiary" />}
        {(facts.length > 0 || buyerLeadId || waitsUntil) && (
          <p className="text-pretty text-tertiary text-xs">
            {facts.join(' · ')}
            {waitsUntil && (
              <>
                {facts.length > 0 && ' · '}
                goes on <RelativeTime at={waitsUntil} timeZone={timeZone} />
              </>
            )}
            {buyerLeadId && (
              <>
                {(facts.length > 0 || waitsUntil) && ' · '}
                their lead ID <span className="break-all font-mono">{buyerLeadId}</span>
              </>
            )}
          </p>
        )}
        {more?.(row)}
      </td>
      <td className="py-2 pr-4 text-right align-top tabular-nums">
        {priceCents ? <Money cents={priceCents} /> : null}
      </td>
    </tr>
  )
}
