import { ChangeList } from '@/components/flow/change-list'
import { StatusBadge } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'
import type { FlowVersionView } from '@/lib/flows/schema'
import { RestoreButton } from './restore-button'

type VersionListProps = { flowId: string; versions: readonly FlowVersionView[]; canEdit: boolean }

/** The versions, newest first, each with what it changed. */
export function VersionList({ flowId, versions, canEdit }: VersionListProps) {
  return (
    <ol className="divide-y rounded-lg border">
      {versions.map(({ version, live, publishedAt, publishedBy, changes }) => (
        <li key={version} className="flex flex-col gap-2 p-4 sm:flex-row sm:gap-6">
          <div className="flex shrink-0 flex-col gap-0.5 sm:w-48">
            <span className="flex items-center gap-2 font-medium">
              Version {version}
              {live && <StatusBadge status="live" />}
            </span>
            <span className="text-sm text-tertiary">
              <RelativeTime at={publishedAt} />
              {publishedBy && ` by ${publishedBy}`}
            </span>
          </div>
          <div className="min-w-0 flex-1">
            <ChangeList changes={changes} />
            {changes.length === 0 && <p className="text-sm text-tertiary">No changes.</p>}
          </div>
          {canEdit && !live && <RestoreButton flowId={flowId} version={version} />}
        </li>
      ))}
    </ol>
  )
}
