'use client'

import { useState } from 'react'

export type Keyed<Row> = Row & { key: number }

let lastKey = 0
const keyed = <Row extends object>(row: Row): Keyed<Row> => ({ ...row, key: ++lastKey })

/** Rows under edit: half-written ones live here only, and `onChange` hears of all of them. */
export function useRows<Row extends object>(initial: readonly Row[], onChange: (rows: Row[]) => void) {
  const [rows, setRows] = useState(() => initial.map(keyed))
  const set = (next: Keyed<Row>[]) => {
    setRows(next)
    onChange(next.map(({ key: _, ...row }) => row as unknown as Row))
  }
  return {
    rows,
    add: (...added: Row[]) => set([...rows, ...added.map(keyed)]),
    change: (key: number, change: Partial<Row>) =>
      set(rows.map((row) => (row.key === key ? { ...row, ...change } : row))),
    remove: (key: number) => set(rows.filter((row) => row.key !== key)),
    /** Puts a row where another one stands. */
    move: (key: number, to: number) => {
      const from = rows.findIndex((row) => row.key === key)
      const at = rows.findIndex((row) => row.key === to)
      const moved = rows[from]
      if (moved && at >= 0) set(rows.toSpliced(from, 1).toSpliced(at, 0, moved))
    },
    replace: (all: readonly Row[]) => set(all.map(keyed)),
  }
}
