import { cn } from '@/components/ui/cn'

type Part = { id: string; name: string; share: number }

const fills = ['bg-accent', 'bg-accent/70', 'bg-accent/45', 'bg-accent/25']

/** Who gets which part of the leads, on one bar. */
export function ShareBar({ parts }: { parts: readonly Part[] }) {
  return (
    <div aria-hidden className="flex h-2.5 gap-px overflow-hidden rounded-full bg-hover">
      {parts.map(({ id, name, share }, index) => (
        <span
          key={id}
          title={`${name}: ${share}%`}
          className={cn('transition-[width] duration-160', fills[index % fills.length])}
          style={{ width: `${share}%` }}
        />
      ))}
    </div>
  )
}
