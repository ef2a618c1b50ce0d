import { cn } from './cn'

const initials = (name: string) =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase() ?? '')
    .join('')

/** Initials of a person (round) or a company (`square`). */
export function Avatar({ name, square, className }: { name: string; square?: boolean; className?: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        'inline-grid size-7 shrink-0 select-none place-items-center bg-accent-soft font-semibold text-2xs text-accent-text',
        square ? 'rounded-md' : 'rounded-full',
        className,
      )}
    >
      {initials(name)}
    </span>
  )
}
