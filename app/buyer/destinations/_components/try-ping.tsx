'use client'

import { Send } from 'lucide-react'
import { useState } from 'react'
import { PingResult } from '@/components/destination/ping-result'
import { useVerb } from '@/components/form/use-verb'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { PingTest } from '@/lib/engine/schema'
import { testPingAction } from '../actions'

type TryPingProps = {
  id: string
  /** What is on the page is saved, and switched on. */
  isReady: boolean
  testThrough?: string
}

/** One test ping, and what came of it. */
export function TryPing({ id, isReady, testThrough }: TryPingProps) {
  const { act, isPending } = useVerb()
  const [test, setTest] = useState<PingTest>()
  const send = () =>
    act(() => testPingAction({ id, ...(testThrough && { connectionId: testThrough }) }), { onDone: setTest })
  return (
    <Card
      title="Try it"
      description="Asks your system about the test lead, marked as a test. A test lead is asked about too, before it is sent."
    >
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center gap-2">
          <Button pending={isPending} disabled={!isReady} onClick={send}>
            <Send />
            {test ? 'Send another test ping' : 'Send test ping'}
          </Button>
          {!isReady && <p className="text-sm text-tertiary">Save the ping switched on first.</p>}
        </div>
        <div aria-live="polite" className="flex flex-col gap-4">
          {test && (
            <>
              <Alert
                kind={test.passed ? 'good' : 'error'}
                title={test.passed ? 'Your bid was understood' : 'No bid came back'}
              />
              <PingResult test={test} />
            </>
          )}
        </div>
      </div>
    </Card>
  )
}
