import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from '../ui/cn'
import { ListKeys } from './list-keys'

export type Column<Row> = {
  key: string
  header: ReactNode
  cell: (row: Row) => ReactNode
  align?: 'left' | 'right'
  /** A width class: "w-32". The rest share what is left. */
  width?: string
  /**
   * On a phone, where a row is a card: `title` is its first line, `aside` stands at the title's right,
   * `line` (default) is "header  value", `hide` leaves it out.
   */
  phone?: 'title' | 'aside' | 'line' | 'hide'
}

type DataTableProps<Row> = {
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  /** Where a row opens; the first column becomes its link. */
  rowHref?: (row: Row) => string | undefined
  /** What the list is, for screen readers. */
  caption: string
  /** Stands before the first column: a tick. */
  mark?: { header: ReactNode; cell: (row: Row) => ReactNode } | undefined
  /** Shown in place of an empty table: an `EmptyState`. */
  empty?: ReactNode
  className?: string
}

const phoneCell = {
  title: 'max-sm:order-1 max-sm:mr-auto max-sm:font-medium max-sm:min-w-0',
  aside: 'max-sm:order-2 max-sm:ml-auto',
  line: 'max-sm:order-3 max-sm:flex max-sm:w-full max-sm:items-baseline max-sm:justify-between max-sm:gap-4 max-sm:before:text-tertiary max-sm:before:content-[attr(data-label)]',
  hide: 'max-sm:hidden',
}

/**
 * A list. Rows are links when they open something: j and k walk, e opens. Below 640 px each row is a card.
 * Interactive things inside a row need `relative z-10`. Works in server components.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, columns, rowKey, rowHref, caption, mark, empty, className } = props
  if (rows.length === 0 && empty) return empty
  return (
    <ListKeys>
      <table className={cn('w-full border-separate border-spacing-0 text-sm max-sm:block', className)}>
        <caption className="sr-only">{caption}</caption>
        <thead className="max-sm:sr-only">
          <tr>
            {mark && (
              <th scope="col" className="sticky top-(--table-top,3rem) z-20 h-9 w-10 border-b bg-background pl-4">
                {mark.header}
              </th>
            )}
            {columns.map(({ key, header, align, width }) => (
              <th
                key={key}
                scope="col"
                className={cn(
                  'sticky top-(--table-top,3rem) z-20 h-9 whitespace-nowrap border-b bg-background px-3 font-medium text-tertiary text-xs first:pl-4 last:pr-4',
                  align === 'right' ? 'text-right' : 'text-left',
                  width,
                )}
              >
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-sm:flex max-sm:flex-col max-sm:gap-2">
          {rows.map((row) => (
            <TableRow key={rowKey(row)} row={row} columns={columns} href={rowHref?.(row)} mark={mark?.cell(row)} />
          ))}
        </tbody>
      </table>
    </ListKeys>
  )
}

type TableRowProps<Row> = {
  row: Row
  columns: readonly Column<Row>[]
  href: string | undefined
  mark: ReactNode
}

function TableRow<Row>({ row, columns, href, mark }: TableRowProps<Row>) {
  return (
    <tr
      className={cn(
        'relative scroll-my-16 max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-3 max-sm:gap-y-1 max-sm:rounded-lg max-sm:border max-sm:bg-surface max-sm:p-3',
        href && 'transition-colors duration-120 focus-within:bg-muted hover:bg-muted',
      )}
    >
      {mark && (
        <td className="relative z-10 border-b py-2 pl-4 align-middle max-sm:order-first max-sm:border-0 max-sm:p-0!">
          {mark}
        </td>
      )}
      {columns.map(({ key, header, cell, align, phone }, index) => (
        <td
          key={key}
          data-label={typeof header === 'string' ? header : undefined}
          className={cn(
            'border-b px-3 py-2 align-middle first:pl-4 last:pr-4 max-sm:block max-sm:border-0 max-sm:p-0!',
            align === 'right' && 'text-right tabular-nums',
            phoneCell[phone ?? (index === 0 ? 'title' : 'line')],
          )}
        >
          {index === 0 && href ? (
            <Link
              href={href}
              prefetch={false}
              data-row
              className="font-medium outline-none before:absolute before:inset-0 before:rounded-md focus-visible:before:outline-2 focus-visible:before:outline-accent focus-visible:before:-outline-offset-2"
            >
              {cell(row)}
            </Link>
          ) : (
            cell(row)
          )}
        </td>
      ))}
    </tr>
  )
}
