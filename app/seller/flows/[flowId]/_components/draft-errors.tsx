import Link from 'next/link'
import { ProblemNotes } from '@/components/flow/problem-notes'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import type { Problem } from '@/lib/engine/types'

/** What keeps a draft from being tried, and the way to where it is mended; nothing where nothing does. */
export function DraftErrors({ flowId, errors }: { flowId: string; errors: readonly Problem[] }) {
  if (errors.length === 0) return null
  return (
    <Alert
      kind="error"
      title="The draft has problems. Mend them first."
      action={
        <Button size="sm" asChild>
          <Link href={`/seller/flows/${flowId}`}>Open the editor</Link>
        </Button>
      }
    >
      <ProblemNotes problems={errors} className="mt-1" />
    </Alert>
  )
}
