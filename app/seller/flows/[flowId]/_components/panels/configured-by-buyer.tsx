import { EyeOff } from 'lucide-react'
import type { ReactNode } from 'react'

/** In place of what only the buyer sees. */
export function ConfiguredByBuyer({
  title = 'Configured by buyer',
  children,
}: {
  title?: string
  children: ReactNode
}) {
  return (
    <div className="flex items-start gap-3 rounded-lg border border-dashed p-4">
      <EyeOff aria-hidden className="mt-0.5 size-4 shrink-0 text-tertiary" />
      <div>
        <p className="font-medium">{title}</p>
        <p className="max-w-xl text-pretty text-tertiary">{children}</p>
      </div>
    </div>
  )
}
