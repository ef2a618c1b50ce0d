'use client'

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from './button'
import { cn } from './cn'

export const Sheet = Radix.Root
export const SheetTrigger = Radix.Trigger

type SheetContentProps = {
  title: ReactNode
  description?: ReactNode
  side?: 'left' | 'right'
  /** Keeps the title for screen readers only. */
  hideTitle?: boolean
  children: ReactNode
  footer?: ReactNode
  className?: string
}

const sides = {
  left: 'left-0 animate-slide-left border-r',
  right: 'right-0 animate-slide-right border-l',
}

/** A panel from the side: the navigation of a phone, the editor of one thing beside its list. */
export function SheetContent({
  title,
  description,
  side = 'right',
  hideTitle,
  children,
  footer,
  className,
}: SheetContentProps) {
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
      <Radix.Content
        {...(!description && { 'aria-describedby': undefined })}
        className={cn(
          'fixed inset-y-0 z-50 flex w-full max-w-md flex-col border-line-strong bg-raised shadow-lg outline-none',
          sides[side],
          className,
        )}
      >
        <header className={cn('flex items-start justify-between gap-4 border-b px-5 py-3.5', hideTitle && 'sr-only')}>
          <div className="flex min-w-0 flex-col">
            <Radix.Title className="font-semibold text-lg">{title}</Radix.Title>
            {description && <Radix.Description className="text-sm text-tertiary">{description}</Radix.Description>}
          </div>
          <Radix.Close asChild>
            <Button variant="ghost" size="icon-sm" aria-label="Close" className="-mr-1.5">
              <X />
            </Button>
          </Radix.Close>
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        {footer && <footer className="flex justify-end gap-2 border-t px-5 py-3">{footer}</footer>}
      </Radix.Content>
    </Radix.Portal>
  )
}
