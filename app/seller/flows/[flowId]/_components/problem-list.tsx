'use client'

import { CircleAlert, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { isError } from '@/components/flow/problem-notes'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { useEditor } from './editor-context'
import { ProblemLinks } from './problem-links'

const countWords = (errors: number, warnings: number) =>
  [
    errors > 0 && `${errors} ${errors === 1 ? 'problem' : 'problems'}`,
    warnings > 0 && `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`,
  ]
    .filter(Boolean)
    .join(', ')

/** All problems of the draft, those that stop publishing first. */
export function ProblemList() {
  const { problems } = useEditor()
  const [isOpen, setOpen] = useState(false)
  if (problems.length === 0) return null
  const errors = problems.filter(isError)
  const warnings = problems.filter((problem) => !isError(problem))
  const Icon = errors.length > 0 ? CircleAlert : TriangleAlert
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button variant="ghost" aria-label={countWords(errors.length, warnings.length)}>
          <Icon aria-hidden className={cn(errors.length > 0 ? 'text-red!' : 'text-amber!')} />
          <span className="tabular-nums">{problems.length}</span>
        </Button>
      </PopoverTrigger>
      <PopoverContent
        align="end"
        className="max-h-[60dvh] w-[min(26rem,calc(100vw-1rem))] overflow-y-auto"
        // The field that is shown gets the cursor, not the button that opened the list.
        onCloseAutoFocus={(event) => event.preventDefault()}
      >
        <h2 className="font-medium text-sm">{countWords(errors.length, warnings.length)}</h2>
        <ProblemLinks problems={[...errors, ...warnings]} onGo={() => setOpen(false)} />
      </PopoverContent>
    </Popover>
  )
}
