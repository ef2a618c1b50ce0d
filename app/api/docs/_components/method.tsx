import { cn } from '@/components/ui/cn'

const colours: Record<string, string> = {
  GET: 'text-green',
  POST: 'text-blue',
  PUT: 'text-amber',
  PATCH: 'text-violet',
  DELETE: 'text-red',
}

/** The method of a call; the word says it, the colour helps to find it. */
export function Method({ method, className }: { method: string; className?: string }) {
  return (
    <span className={cn('shrink-0 font-medium font-mono text-2xs', colours[method] ?? 'text-secondary', className)}>
      {method}
    </span>
  )
}
