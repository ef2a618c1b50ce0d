import type { ComponentProps } from 'react'
import { cn } from './cn'
import { fieldLook } from './field-look'

/** Several lines; grows with its text where the browser can. */
export function Textarea({ mono, className, ...props }: ComponentProps<'textarea'> & { mono?: boolean | undefined }) {
  return (
    <textarea
      rows={4}
      className={cn(
        fieldLook,
        'field-sizing-content max-h-96 min-h-20 px-2.5 py-1.5',
        mono && 'font-mono text-sm',
        className,
      )}
      {...props}
    />
  )
}
