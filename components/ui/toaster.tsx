'use client'

import { useTheme } from 'next-themes'
import { Toaster as Sonner } from 'sonner'

/** Where toasts appear; once, in the root layout. Call `toast` of sonner, with an `action` where it can be undone. */
export function Toaster() {
  const { resolvedTheme } = useTheme()
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      toastOptions={{
        className: 'font-sans! rounded-lg! border-line-strong! bg-raised! text-foreground! text-sm! shadow-lg!',
        descriptionClassName: 'text-tertiary!',
      }}
    />
  )
}
