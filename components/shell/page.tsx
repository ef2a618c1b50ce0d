import type { ReactNode } from 'react'
import type { Crumb } from '../ui/breadcrumbs'
import { cn } from '../ui/cn'
import { PageHeader } from '../ui/page-header'
import { Skeleton, SkeletonRows } from '../ui/skeleton'
import { TopBar } from './top-bar'

type PageProps = {
  crumbs: readonly Crumb[]
  title?: ReactNode
  badges?: ReactNode
  description?: ReactNode
  actions?: ReactNode
  /** The full width, for tables and editors; else 1,200 px. */
  wide?: boolean
  /** No header and no padding: the page draws its own. */
  bare?: boolean
  children?: ReactNode
}

/** A page of a portal: top bar, header, content. Each page and each loading state renders one. */
export function Page({ crumbs, title, badges, description, actions, wide, bare, children }: PageProps) {
  return (
    <>
      <TopBar crumbs={crumbs} />
      <main
        id="content"
        tabIndex={-1}
        className={cn(
          'flex w-full min-w-0 flex-1 flex-col outline-none',
          !bare && 'mx-auto gap-5 px-4 py-5 sm:px-6 sm:py-6',
          !bare && !wide && 'max-w-page',
        )}
      >
        {title && !bare && <PageHeader title={title} badges={badges} description={description} actions={actions} />}
        {children}
      </main>
    </>
  )
}

/** A page on its way, in the shape of a list. */
export function PageSkeleton({ crumbs, title, rows }: { crumbs: readonly Crumb[]; title?: string; rows?: number }) {
  return (
    <Page crumbs={crumbs} title={title ?? <Skeleton className="my-1.5 h-5 w-56" />}>
      <SkeletonRows {...(rows && { rows })} />
    </Page>
  )
}
