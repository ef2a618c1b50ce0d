import { ArrowLeft, ArrowRight } from 'lucide-react'
import Link from 'next/link'
import { Button } from '@/components/ui/button'

/** Where a form stands: a step of the setup, with a way back and on, or a tab of a destination. */
export type Way = { mode: 'setup'; back?: string; next: string } | { mode: 'edit' }

type SaveBarProps = { way: Way; isLive?: boolean; isPending: boolean }

/** The verb of a part's form. */
export function SaveBar({ way, isLive = false, isPending }: SaveBarProps) {
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2">
      {way.mode === 'setup' && way.back && (
        <Button variant="ghost" asChild>
          <Link href={way.back}>
            <ArrowLeft />
            Back
          </Link>
        </Button>
      )}
      <Button type="submit" variant="primary" pending={isPending}>
        {way.mode === 'edit' ? 'Save changes' : 'Save and continue'}
        {way.mode === 'setup' && <ArrowRight />}
      </Button>
      {isLive && (
        <p className="min-w-60 flex-1 text-pretty text-sm text-tertiary">
          It is live: a test lead is sent with the changes first. If that does not get through, everything stays as it
          is.
        </p>
      )}
    </div>
  )
}
