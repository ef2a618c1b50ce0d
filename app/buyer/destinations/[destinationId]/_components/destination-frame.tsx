import type { ReactNode } from 'react'
import { DestinationState, InsecureBadge } from '@/components/destination/destination-state'
import { Page } from '@/components/shell/page'
import { LinkTabs } from '@/components/ui/tabs'
import type { DestinationView } from '@/lib/destinations/schema'
import { tabsOf, wordsOf } from '../../_frame/parts'
import { DestinationActions } from './destination-actions'

type DestinationFrameProps = { destination: DestinationView; tab?: string; children: ReactNode }

/** Name, state, verbs and tabs of a destination, around one of its parts. */
export function DestinationFrame({ destination, tab, children }: DestinationFrameProps) {
  const { id, name, description, integration, status, insecure, connections } = destination
  const base = `/buyer/destinations/${id}`
  return (
    <Page
      crumbs={[
        { label: 'Destinations', href: '/buyer/destinations' },
        tab ? { label: name, href: base } : { label: name },
        ...(tab ? [{ label: tab }] : []),
      ]}
      title={name}
      badges={
        <>
          <DestinationState status={status} />
          {insecure && <InsecureBadge />}
        </>
      }
      {...(description && { description })}
      actions={
        <DestinationActions {...{ id, name, integration, status }} sellers={connections.map(({ seller }) => seller)} />
      }
    >
      <LinkTabs
        label="Parts of the destination"
        tabs={[
          { href: base, label: 'Overview' },
          ...tabsOf(integration).map((part) => ({ href: `${base}/${part}`, label: wordsOf(part, integration).tab })),
        ]}
      />
      {children}
    </Page>
  )
}
