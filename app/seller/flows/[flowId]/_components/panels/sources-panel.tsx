'use client'

import { ArrowDownToLine, Plus } from 'lucide-react'
import { StatusBadge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { AddSourceDialog } from '../add-source-dialog'
import { useEditor } from '../editor-context'
import { PanelFrame } from '../panel-frame'

/** Everyone who submits to the flow. Sources change at once; they are no part of the draft. */
export function SourcesPanel() {
  const { view, go } = useEditor()
  const { sources } = view.flow
  const add = (
    <AddSourceDialog>
      <Button>
        <Plus />
        Add source
      </Button>
    </AddSourceDialog>
  )
  return (
    <PanelFrame
      title="Sources"
      description="Who submits leads to this flow. Changes to a source work at once, without publishing."
      actions={sources.length > 0 && add}
    >
      {sources.length === 0 ? (
        <EmptyState
          icon={<ArrowDownToLine />}
          title="No source yet"
          action={add}
          link={{ href: '/api/docs', label: 'How leads are submitted' }}
        >
          A source is whoever sends you leads: your own web form, an affiliate, a partner’s system. Each gets a URL to
          post to.
        </EmptyState>
      ) : (
        <ul className="divide-y rounded-lg border">
          {sources.map((source) => (
            <li key={source.id}>
              <button
                type="button"
                onClick={() => go({ kind: 'source', id: source.id })}
                className="flex w-full min-w-0 items-center gap-3 px-4 py-2.5 text-left hover:bg-hover"
              >
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{source.name}</span>
                  <span className="block truncate font-mono text-tertiary text-xs">{source.submitUrl}</span>
                </span>
                <StatusBadge status={source.enabled ? 'enabled' : 'disabled'} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </PanelFrame>
  )
}
