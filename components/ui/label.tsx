import type { ComponentProps } from 'react'
import { cn } from './cn'

/** A label of a control; always with `htmlFor`. */
export function Label({ className, htmlFor, ...props }: ComponentProps<'label'>) {
  // biome-ignore lint/a11y/noLabelWithoutControl: the caller names the control
  return <label htmlFor={htmlFor} className={cn('font-medium text-foreground text-sm', className)} {...props} />
}
