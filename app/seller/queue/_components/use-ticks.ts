import { useState } from 'react'

/** Which rows of a list are ticked, by id. Rows that the list shows no more are ticked no more. */
export function useTicks(ids: readonly string[]) {
  const [all, setAll] = useState<ReadonlySet<string>>(new Set())
  const ticked = ids.filter((id) => all.has(id))
  return {
    ticked,
    isTicked: (id: string) => all.has(id),
    tick: (id: string, on: boolean) => setAll(new Set(on ? [...ticked, id] : ticked.filter((one) => one !== id))),
    tickAll: (on: boolean) => setAll(new Set(on ? ids : [])),
    clear: () => setAll(new Set()),
  }
}

export type Ticks = ReturnType<typeof useTicks>
