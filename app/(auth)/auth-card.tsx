import type { ReactNode } from 'react'

type AuthCardProps = { title: string; lead: ReactNode; foot: ReactNode; children: ReactNode }

/** One question in the middle of a quiet page. */
export function AuthCard({ title, lead, foot, children }: AuthCardProps) {
  return (
    <div className="w-full max-w-sm">
      <div className="rounded-xl border bg-surface p-6 shadow-sm sm:p-8">
        <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
        <p className="mt-1 mb-6 text-pretty text-tertiary">{lead}</p>
        {children}
      </div>
      <p className="mt-5 text-center text-sm text-tertiary">{foot}</p>
    </div>
  )
}
