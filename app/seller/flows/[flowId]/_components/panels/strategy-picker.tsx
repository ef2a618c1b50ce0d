'use client'

import { Check } from 'lucide-react'
import { useId, useState } from 'react'
import { StrategyPicture } from '@/components/selling/strategy-picture'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { type Strategy, strategies } from '@/lib/engine/schema'
import { strategyHelp, strategyWords } from '../strategy-words'

type StrategyPickerProps = { strategy: Strategy; onChange: (strategy: Strategy) => void }

/** The strategy of a distribution, with a picture of what it does, and the way to another one. */
export function StrategyPicker({ strategy, onChange }: StrategyPickerProps) {
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <p id={id} className="font-medium text-sm">
        Strategy
      </p>
      <div className="flex items-center gap-4 rounded-lg border bg-surface p-3">
        <StrategyPicture strategy={strategy} className="max-sm:hidden" />
        <div className="min-w-0 flex-1">
          <p className="font-medium text-base">{strategyWords[strategy]}</p>
          <p className="text-pretty text-sm text-tertiary">{strategyHelp[strategy]}</p>
        </div>
        <Dialog open={isOpen} onOpenChange={setOpen}>
          <DialogTrigger asChild>
            <Button aria-describedby={id}>Change strategy</Button>
          </DialogTrigger>
          <DialogContent size="lg" title="How buyers are chosen">
            <ul className="grid gap-2 sm:grid-cols-2">
              {strategies.map((one) => (
                <li key={one}>
                  <StrategyCard
                    strategy={one}
                    isChosen={one === strategy}
                    onChoose={() => {
                      onChange(one)
                      setOpen(false)
                    }}
                  />
                </li>
              ))}
            </ul>
          </DialogContent>
        </Dialog>
      </div>
    </div>
  )
}

type StrategyCardProps = { strategy: Strategy; isChosen: boolean; onChoose: () => void }

function StrategyCard({ strategy, isChosen, onChoose }: StrategyCardProps) {
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={onChoose}
      className={cn(
        'flex h-full w-full items-start gap-3 rounded-lg border border-control-line bg-surface p-3 text-left shadow-sm transition-colors duration-120 hover:bg-hover',
        isChosen && 'border-accent bg-accent-soft/50',
      )}
    >
      <StrategyPicture strategy={strategy} />
      <span className="flex min-w-0 flex-col">
        <span className="flex items-center gap-1.5 font-medium text-base">
          {strategyWords[strategy]}
          {isChosen && <Check aria-hidden className="size-3.5 text-accent-text" />}
        </span>
        <span className="text-pretty text-sm text-tertiary">{strategyHelp[strategy]}</span>
      </span>
    </button>
  )
}
