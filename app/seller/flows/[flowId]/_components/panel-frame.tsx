'use client'

import { ArrowLeft } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { useEditor } from './editor-context'

type PanelFrameProps = {
  title: ReactNode
  description?: ReactNode | undefined
  /** Buttons at the right of the title. */
  actions?: ReactNode
  /** Stands between title and content, and works for those who may only look. */
  tabs?: ReactNode
  children: ReactNode
}

/** What every panel shares: its title, the way back on a phone, and that viewers can't type. */
export function PanelFrame({ title, description, actions, tabs, children }: PanelFrameProps) {
  const { view, go } = useEditor()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (window.matchMedia('(min-width: 64rem)').matches) return
    window.scrollTo(0, 0)
    heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <section aria-label={typeof title === 'string' ? title : undefined} className="flex min-w-0 flex-col gap-4">
      <Button variant="ghost" className="-ml-2 self-start lg:hidden" onClick={() => go({ kind: 'start' })}>
        <ArrowLeft />
        Path of a lead
      </Button>
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-1 flex-col">
          <h2 ref={heading} tabIndex={-1} className="font-semibold text-lg outline-none">
            {title}
          </h2>
          {description && <p className="max-w-2xl text-pretty text-base text-tertiary">{description}</p>}
        </div>
        {actions && <div className="flex shrink-0 items-center gap-2">{actions}</div>}
      </header>
      {tabs}
      <fieldset disabled={!view.canEdit} className="flex min-w-0 flex-col gap-6">
        {children}
      </fieldset>
    </section>
  )
}

/** A part of a panel under its own small heading. */
export function PanelPart({
  title,
  description,
  children,
  className,
}: {
  title: ReactNode
  description?: ReactNode
  children: ReactNode
  className?: string
}) {
  return (
    <section className={cn('flex min-w-0 flex-col gap-3', className)}>
      <div>
        <h3 className="font-medium text-base">{title}</h3>
        {description && <p className="max-w-2xl text-pretty text-sm text-tertiary">{description}</p>}
      </div>
      {children}
    </section>
  )
}
