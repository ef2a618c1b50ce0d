import { cva, type VariantProps } from 'class-variance-authority'
import { Slot } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'
import { Spinner } from './spinner'

const looks = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-lg font-medium text-sm transition-colors duration-120 disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg:not([class*=size-])]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-accent text-on-accent shadow-sm hover:bg-accent-hover',
        secondary: 'border border-control-line bg-surface text-foreground shadow-sm hover:bg-hover',
        ghost: 'text-secondary hover:bg-hover hover:text-foreground data-[state=open]:bg-hover',
        danger: 'border border-control-line bg-surface text-red shadow-sm hover:border-red/40 hover:bg-red-soft',
        link: 'h-auto! px-0! text-accent-text underline-offset-4 hover:underline',
      },
      size: {
        md: 'h-control px-3',
        sm: 'h-control-sm px-2.5 text-xs',
        lg: 'h-10 px-4 text-base',
        icon: 'size-control',
        'icon-sm': 'size-control-sm',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

export type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof looks> & {
    /** Puts the look on the child (a `Link`) instead of making a button. */
    asChild?: boolean
    /** Shows a spinner and refuses clicks while work is under way. */
    pending?: boolean | undefined
  }

/** A verb. `primary` once a page; `secondary` is the default; `danger` for what destroys; `icon` sizes need `aria-label`. */
export function Button({ variant, size, asChild, pending, className, children, disabled, ...props }: ButtonProps) {
  const classes = cn(looks({ variant, size }), className)
  if (asChild)
    return (
      <Slot.Root className={classes} {...props}>
        {children}
      </Slot.Root>
    )
  return (
    <button
      type="button"
      className={classes}
      disabled={disabled || pending}
      aria-busy={pending || undefined}
      {...props}
    >
      {pending && <Spinner label="" />}
      {children}
    </button>
  )
}
