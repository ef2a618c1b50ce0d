import { ArrowDown, Building2, Check, Funnel, Globe, ListChecks } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import { OutcomeBadge } from '@/components/ui/outcome-badge'

/** The product in a picture: one lead on its way from its source to its buyer, and the answer back. */
export function FallingLead() {
  return (
    <figure aria-label="A lead falls through a flow: web form, acceptance, filter, a buyer that is skipped, a buyer that accepts, and the answer to the source">
      <div aria-hidden className="rounded-xl border bg-sidebar p-3 shadow-lg sm:p-4">
        <div className="flex items-center justify-between px-1 pb-3">
          <p className="font-semibold">Insurance Leads – California</p>
          <span className="flex items-center gap-1.5 text-sm text-tertiary">
            <span className="size-2 rounded-full bg-green-fill" />
            live v7
          </span>
        </div>
        <Station
          icon={<Globe />}
          name="Web form"
          aside={<span className="font-mono text-tertiary text-xs">14:02:11.031</span>}
        >
          Ana García · Austin, TX 78704
        </Station>
        <Fall />
        <Station icon={<ListChecks />} name="Accept when" aside={<Passed />}>
          state is CA or TX · email is valid
        </Station>
        <Fall />
        <Station icon={<Funnel />} name="Filter: Adults only" aside={<Passed />}>
          stops when age is below 18
        </Station>
        <Fall />
        <Station icon={<Building2 />} name="Coastal Mutual" aside={<OutcomeBadge outcome="skipped" />}>
          credit score is 610, rule says above 650
        </Station>
        <Fall />
        <Station
          icon={<Building2 />}
          name="Premium Insurance Buyer"
          aside={<OutcomeBadge outcome="accepted" />}
          isTaker
        >
          201 in 189 ms · $45.00
        </Station>
        <Fall />
        <div className="flex items-center justify-between rounded-lg border bg-surface px-3 py-2.5 text-sm">
          <span className="text-tertiary">Answer to the source</span>
          <span className="flex items-center gap-2.5">
            <span className="font-mono text-tertiary text-xs">195 ms</span>
            <OutcomeBadge outcome="success" />
          </span>
        </div>
      </div>
    </figure>
  )
}

function Fall() {
  return (
    <div className="flex h-5 justify-center text-tertiary/60">
      <ArrowDown className="size-4 self-center" />
    </div>
  )
}

const Passed = () => <Check className="size-4 text-green" />

type StationProps = { icon: ReactNode; name: string; aside: ReactNode; isTaker?: boolean; children: ReactNode }

function Station({ icon, name, aside, isTaker, children }: StationProps) {
  return (
    <div
      className={cn(
        'flex items-start gap-2.5 rounded-lg border bg-surface px-3 py-2 text-sm',
        isTaker && 'border-green/40 bg-green-soft',
      )}
    >
      <span className="mt-0.5 text-tertiary [&_svg]:size-4">{icon}</span>
      <div className="min-w-0 flex-1">
        <p className="flex items-center justify-between gap-2">
          <span className="truncate font-medium">{name}</span>
          {aside}
        </p>
        <p className="truncate text-secondary">{children}</p>
      </div>
    </div>
  )
}
