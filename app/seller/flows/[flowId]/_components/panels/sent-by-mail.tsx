import { Mail } from 'lucide-react'
import type { ReactNode } from 'react'

/** In place of what a step that delivers by mail does not have. */
export function SentByMail({ children }: { children: ReactNode }) {
  return (
    <div className="flex items-start gap-3 rounded-lg border border-dashed p-4">
      <Mail aria-hidden className="mt-0.5 size-4 shrink-0 text-tertiary" />
      <div>
        <p className="font-medium">Sent by mail</p>
        <p className="max-w-xl text-pretty text-tertiary">{children}</p>
      </div>
    </div>
  )
}
