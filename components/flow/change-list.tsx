import { Minus, PenLine, Plus } from 'lucide-react'
import type { Change } from '@/lib/flows/schema'
import { cn } from '../ui/cn'
import { type ChangeGroup, type ChangeRow, groupChanges, rowsOfChange } from './change-words'
import type { RuleNames } from './rule-words'

const most = 14

const looks = {
  added: { icon: Plus, tone: 'text-green', word: 'Added' },
  removed: { icon: Minus, tone: 'text-red', word: 'Removed' },
  changed: { icon: PenLine, tone: 'text-blue', word: 'Changed' },
}

/** What was, and what is, side by side. */
function Row({ row: { label, before, after } }: { row: ChangeRow }) {
  return (
    <div className="grid gap-x-4 gap-y-0.5 py-1 sm:grid-cols-[11rem_minmax(0,1fr)_minmax(0,1fr)]">
      <dt className="break-words text-secondary">{label}</dt>
      <dd className="min-w-0 break-words text-tertiary">
        {before === undefined ? (
          <span className="max-sm:hidden" aria-hidden>
            –
          </span>
        ) : (
          <del className="decoration-tertiary/60">{before}</del>
        )}
      </dd>
      <dd className="min-w-0 break-words">
        {after === undefined ? (
          <span className="text-tertiary">taken away</span>
        ) : (
          <ins className="no-underline">{after}</ins>
        )}
      </dd>
    </div>
  )
}

function Rows({ rows }: { rows: readonly ChangeRow[] }) {
  return (
    <dl className="mt-1.5 flex flex-col divide-y divide-line border-l-2 pl-3 text-xs">
      {rows.slice(0, most).map((row) => (
        <Row key={row.label} row={row} />
      ))}
      {rows.length > most && <p className="py-1 text-tertiary">and {rows.length - most} more</p>}
    </dl>
  )
}

/** Values of something new or gone are there for who wants them. */
function Details({ change, names }: { change: Change; names: RuleNames | undefined }) {
  const rows = rowsOfChange(change, names)
  if (rows.length === 0) return null
  if (change.kind === 'changed') return <Rows rows={rows} />
  if (!change.path.startsWith('steps.')) return null
  return (
    <details>
      <summary className="w-fit cursor-pointer rounded-sm text-tertiary text-xs hover:text-foreground">
        What it {change.kind === 'added' ? 'holds' : 'held'}
      </summary>
      <Rows rows={rows} />
    </details>
  )
}

const fieldWord = /^Field (.+) added$/

/** Many new fields are one line: the first publish would be a page of them. */
function gathered(changes: readonly Change[]): Change[] {
  const names = changes.flatMap(({ kind, text }) => (kind === 'added' ? (fieldWord.exec(text)?.[1] ?? []) : []))
  if (names.length < 4) return [...changes]
  const rest = changes.filter(({ kind, text }) => kind !== 'added' || !fieldWord.test(text))
  return [{ kind: 'added', path: 'fields', text: `${names.length} fields added: ${names.join(', ')}` }, ...rest]
}

type ChangeListProps = {
  changes: readonly Change[]
  /** Words only. */
  brief?: boolean
  names?: RuleNames
}

function Group({ group, brief, names }: { group: ChangeGroup; brief: boolean; names: RuleNames | undefined }) {
  return (
    <ul className="flex flex-col gap-2.5">
      {gathered(group.changes).map((change) => {
        const { icon: Icon, tone, word } = looks[change.kind]
        return (
          <li key={`${change.kind} ${change.path} ${change.text}`} className="flex items-start gap-2 text-sm">
            <Icon aria-hidden className={cn('mt-[3px] size-3.5 shrink-0', tone)} />
            <div className="min-w-0 flex-1">
              <span className="sr-only">{word}: </span>
              {change.text}
              {!brief && <Details change={change} names={names} />}
            </div>
          </li>
        )
      })}
    </ul>
  )
}

/** What differs between two documents, step by step, in words and value by value beneath. */
export function ChangeList({ changes, brief = false, names }: ChangeListProps) {
  const groups = groupChanges(changes)
  if (brief || groups.length < 2)
    return (
      <div className="flex flex-col gap-2.5">
        {groups.map((group) => (
          <Group key={group.key} group={group} brief={brief} names={names} />
        ))}
      </div>
    )
  return (
    <div className="flex flex-col divide-y">
      {groups.map((group) => (
        <section key={group.key} aria-label={group.title} className="flex flex-col gap-2 py-3 first:pt-0 last:pb-0">
          <h4 className="font-medium text-sm">{group.title}</h4>
          <Group group={group} brief={brief} names={names} />
        </section>
      ))}
    </div>
  )
}
