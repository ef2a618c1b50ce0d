'use client'

import { Gauge } from 'lucide-react'
import { stepsWithin } from '@/components/flow/distribution-members'
import { type CapMeter, capMeters } from '@/components/selling/cap-words'
import { cn } from '@/components/ui/cn'
import type { CapUse } from '@/lib/flows/schema'
import { useEditor } from './editor-context'
import { useCapUse } from './use-cap-use'

type Effect = CapMeter & { key: string; name: string }

/** The caps that publishing changes, with what it does to what is counted already. */
function useEffects(): Effect[] {
  const { document, view } = useEditor()
  const use = useCapUse()
  if (!use || view.flow.liveVersion === null) return []
  const buyers = stepsWithin(document.steps).filter((step) => step.type === 'buyer')
  const owners = [
    { of: 'flow' as CapUse['of'], id: view.flow.id, name: 'The flow', caps: document.caps },
    ...buyers.map(({ id, name, conditional_delivery: conditions }) => ({
      ...{ of: 'step' as const, id, name, caps: conditions?.caps },
    })),
  ]
  return owners.flatMap(({ of, id, name, caps }) => {
    const uses = use.uses.filter((one) => one.of === of && one.id === id)
    const meters = capMeters({ caps, uses, zone: view.flow.timeZone, now: use.now, from: 'once you publish' })
    return meters
      .filter(({ isEdited }) => isEdited)
      .map((meter) => ({ ...meter, name, key: `${id} ${meter.unit} ${meter.period}` }))
  })
}

/** What publishing does to the counters of caps. */
export function CapEffects() {
  const effects = useEffects()
  if (effects.length === 0) return null
  return (
    <section aria-label="Caps" className="flex flex-col gap-2">
      <h3 className="font-medium text-sm">What it does to caps</h3>
      <ul className="flex flex-col gap-1.5">
        {effects.map(({ key, name, words, isFull }) => (
          <li key={key} className="flex items-start gap-2 text-sm">
            <Gauge aria-hidden className={cn('mt-[3px] size-3.5 shrink-0 text-tertiary', isFull && 'text-amber')} />
            <span className="min-w-0 text-pretty tabular-nums">
              <span className="font-medium">{name}:</span> {words}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
