import { Minus, PenLine, Plus } from 'lucide-react'
import type { Change } from '@/lib/flows/schema'
import { cn } from '../ui/cn'

type Leaf = { path: string; before: unknown; after: unknown }

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Where two values differ, down to single values. */
function leavesOf(before: unknown, after: unknown, path: string): Leaf[] {
  if (isObject(before) || isObject(after)) {
    const [a, b] = [isObject(before) ? before : {}, isObject(after) ? after : {}]
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
      leavesOf(a[key], b[key], path ? `${path} › ${key}` : key),
    )
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }]
}

function textOf(value: unknown): string {
  if (value === undefined || value === '') return 'nothing'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value))
    return value.every((item) => typeof item !== 'object') ? value.join(', ') || 'nothing' : JSON.stringify(value)
  return String(value)
}

const isHidden = ({ path }: Leaf) => /(?:^|› )(?:secret|connection_id|invitation_id|id)$/.test(path)
const most = 12

const looks = {
  added: { icon: Plus, tone: 'text-green', word: 'Added' },
  removed: { icon: Minus, tone: 'text-red', word: 'Removed' },
  changed: { icon: PenLine, tone: 'text-blue', word: 'Changed' },
}

function Leaves({ change }: { change: Change }) {
  const all = leavesOf(change.before, change.after, '').filter((leaf) => !isHidden(leaf))
  const leaves = all.slice(0, most)
  if (leaves.length === 0) return null
  return (
    <dl className="mt-1 flex flex-col gap-0.5 border-l pl-3 text-tertiary text-xs">
      {leaves.map(({ path, before, after }) => (
        <div key={path} className="flex flex-wrap gap-x-2">
          {path && <dt className="font-mono">{path}</dt>}
          <dd className="min-w-0 break-words">
            {before !== undefined && <del className="mr-1.5">{textOf(before)}</del>}
            {(after !== undefined || before === undefined) && (
              <ins className="text-foreground no-underline">{textOf(after)}</ins>
            )}
          </dd>
        </div>
      ))}
      {all.length > leaves.length && <p>and {all.length - leaves.length} more</p>}
    </dl>
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

/** What differs between two documents, in words, and value by value beneath. */
export function ChangeList({ changes, brief }: { changes: readonly Change[] /** Words only. */; brief?: boolean }) {
  return (
    <ul className="flex flex-col gap-2.5">
      {gathered(changes).map((change) => {
        const { icon: Icon, tone, word } = looks[change.kind]
        return (
          <li key={`${change.kind} ${change.path} ${change.text}`} className="flex items-start gap-2 text-sm">
            <Icon aria-hidden className={cn('mt-[3px] size-3.5 shrink-0', tone)} />
            <div className="min-w-0 flex-1">
              <span className="sr-only">{word}: </span>
              {change.text}
              {!brief && change.kind === 'changed' && <Leaves change={change} />}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
