'use client'

import { Check, Copy } from 'lucide-react'
import { cn } from './cn'
import { useCopied } from './copy-button'

const shorten = (id: string) => (id.length > 12 ? `${id.slice(0, 4)}…${id.slice(-4)}` : id)

/** An id, shortened, in mono; a click copies all of it. `prefix` is a word before it ("lead"). */
export function CopyId({ id, prefix, className }: { id: string; prefix?: string; className?: string }) {
  const [isCopied, copy] = useCopied()
  return (
    <button
      type="button"
      title={id}
      aria-label={`Copy ${prefix ?? 'id'} ${id}`}
      onClick={() => copy(id)}
      className={cn(
        'group relative z-10 -mx-1 inline-flex items-center gap-1 whitespace-nowrap rounded-sm px-1 font-mono text-tertiary text-xs hover:bg-hover hover:text-foreground',
        className,
      )}
    >
      {prefix && <span className="font-sans">{prefix}</span>}
      {shorten(id)}
      {isCopied ? (
        <Check aria-hidden className="size-3 text-green" />
      ) : (
        <Copy
          aria-hidden
          className="size-3 opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100 pointer-coarse:opacity-100"
        />
      )}
      <span aria-live="polite" className="sr-only">
        {isCopied && 'Copied'}
      </span>
    </button>
  )
}
