import type { ReactNode } from 'react'
import { cn } from './cn'

export type Fact = { label: ReactNode; value: ReactNode }

/** What is known of one thing, name beside value; below each other where it is narrow. */
export function Facts({ facts, className }: { facts: readonly Fact[]; className?: string }) {
  return (
    <dl className={cn('@container flex flex-col divide-y text-sm', className)}>
      {facts.map(({ label, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list, drawn once
        <div key={index} className="flex flex-col gap-x-4 py-1.5 @xs:flex-row">
          <dt className="w-36 shrink-0 text-tertiary">{label}</dt>
          <dd className="min-w-0 flex-1 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
