import { CircleCheck, CircleX } from 'lucide-react'
import type { Check } from '@/lib/engine/schema'

/** What a test lead showed, line by line. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  return (
    <ul className="flex flex-col divide-y rounded-lg border">
      {checks.map(({ name, passed, message }) => (
        <li key={name} className="flex items-start gap-2.5 px-3 py-2">
          {passed ? (
            <CircleCheck aria-label="passed" className="mt-[3px] size-4 shrink-0 text-green" />
          ) : (
            <CircleX aria-label="failed" className="mt-[3px] size-4 shrink-0 text-red" />
          )}
          <div className="min-w-0">
            <p className="font-medium text-base">{name}</p>
            <p className="text-pretty break-words text-sm text-tertiary">{message}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}
