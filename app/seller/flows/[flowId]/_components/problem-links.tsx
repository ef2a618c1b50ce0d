'use client'

import { ArrowRight } from 'lucide-react'
import { stepsWithin } from '@/components/flow/distribution-members'
import { ProblemNotes } from '@/components/flow/problem-notes'
import { Button } from '@/components/ui/button'
import type { Problem } from '@/lib/engine/types'
import { useEditor } from './editor-context'
import { type Place, placeOfProblem } from './places'

const wholes: Partial<Record<Place['kind'], string>> = {
  fields: 'Fields',
  acceptance: 'Accept when',
  answer: 'Answer the source',
  feedback: 'Feedback',
}

/** Problems, each with the way to the field where it is mended. */
export function ProblemLinks({ problems, onGo }: { problems: readonly Problem[]; onGo: () => void }) {
  const { document, mend } = useEditor()
  const whereOf = ({ path }: Problem) => {
    const { place } = placeOfProblem(path, document.steps)
    return place.kind === 'step'
      ? stepsWithin(document.steps).find(({ id }) => id === place.id)?.name
      : wholes[place.kind]
  }
  return (
    <ul className="mt-1 flex flex-col gap-1.5">
      {problems.map((problem) => {
        const where = whereOf(problem)
        return (
          <li key={`${problem.path} ${problem.message}`} className="flex items-start gap-2">
            <div className="min-w-0 flex-1">
              {where && <span className="font-medium text-foreground text-xs">{where}</span>}
              <ProblemNotes problems={[problem]} isLink />
            </div>
            <Button
              variant="link"
              size="sm"
              aria-label={`Show: ${problem.message}`}
              onClick={() => {
                onGo()
                mend(problem)
              }}
            >
              Show <ArrowRight className="size-3" />
            </Button>
          </li>
        )
      })}
    </ul>
  )
}
