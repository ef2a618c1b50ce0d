'use client'

import { RotateCw, TriangleAlert } from 'lucide-react'
import { Button } from '../ui/button'
import { CopyId } from '../ui/copy-id'
import { EmptyState } from '../ui/empty-state'

/** A page that could not be shown: what happened, and what to do. `digest` finds the cause in the server's log. */
export function ErrorState({ reset, digest }: { reset: () => void; digest?: string | undefined }) {
  return (
    <main id="content" className="mx-auto w-full max-w-2xl px-4 py-16">
      <EmptyState
        icon={<TriangleAlert />}
        title="This page could not be shown"
        action={
          <Button variant="primary" onClick={reset}>
            <RotateCw />
            Try again
          </Button>
        }
      >
        Something on our side went wrong. Nothing you saved is lost. If it happens again, give this reference to whoever
        runs this installation.
      </EmptyState>
      {digest && (
        <p className="mt-3 text-center">
          <CopyId id={digest} prefix="reference" />
        </p>
      )}
    </main>
  )
}
