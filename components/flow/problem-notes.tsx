import { CircleAlert, TriangleAlert } from 'lucide-react'
import type { Problem } from '@/lib/engine/types'
import { cn } from '../ui/cn'

/** Problems of the place that `path` names, and of all inside it. */
export const problemsAt = (problems: readonly Problem[], path: string): Problem[] =>
  problems.filter((problem) => problem.path === path || problem.path.startsWith(`${path}.`))

export const isError = (problem: Problem): boolean => problem.severity === 'error'

/** What should be mended, under the thing it is about. */
export function ProblemNotes({
  problems,
  id,
  className,
  isLink,
}: {
  problems: readonly Problem[]
  id?: string
  className?: string
  /** It leads to the place of the problem, and is not that place. */
  isLink?: boolean
}) {
  if (problems.length === 0) return null
  return (
    <ul id={id} className={cn('flex flex-col gap-1', className)}>
      {problems.map((problem) => {
        const Icon = isError(problem) ? CircleAlert : TriangleAlert
        return (
          <li
            key={`${problem.path} ${problem.message}`}
            {...(!isLink && { 'data-problem': problem.path })}
            className={cn('flex items-start gap-1 text-pretty text-xs', isError(problem) ? 'text-red' : 'text-amber')}
          >
            <Icon aria-hidden className="mt-0.5 size-3 shrink-0" />
            <span className="min-w-0 break-words">{problem.message}</span>
          </li>
        )
      })}
    </ul>
  )
}
