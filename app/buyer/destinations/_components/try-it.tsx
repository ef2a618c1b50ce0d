'use client'

import { ArrowLeft, Rocket, Send } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useId } from 'react'
import { toast } from 'sonner'
import type { DestinationPart } from '@/components/destination/failure-causes'
import { TestResult } from '@/components/destination/test-result'
import { useVerb } from '@/components/form/use-verb'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/checkbox'
import { Facts } from '@/components/ui/facts'
import { Label } from '@/components/ui/label'
import type { DestinationView } from '@/lib/destinations/schema'
import { acknowledgeTestAction, goLiveAction, testDestinationAction } from '../actions'

type TryItProps = {
  destination: DestinationView
  /** The connection whose setup this is, by id; its leads come here when it goes live. */
  connectionId?: string
  /** Where its leads go until then. */
  movesFrom?: string
  /** The connection that the test lead is said to come through. */
  testThrough?: string
  egressIps: string
  hrefs: Record<DestinationPart, string>
  back?: string
  /** Where to go once it is live. */
  after: string
}

const testLead = [
  { label: 'Name', value: 'Test Lead' },
  { label: 'Email', value: 'test@example.com' },
  { label: 'Phone', value: '5555551234' },
  { label: 'Lead ID', value: <code className="font-mono text-xs">TEST_123</code> },
  { label: 'Marked as a test', value: 'test_mode is true, and the header X-Test-Mode: true' },
]

const mailedLead = [...testLead.slice(0, -1), { label: 'Marked as a test', value: 'Its subject begins with [TEST]' }]

/** One test lead, what came of it, the buyer's word on it, and going live. */
export function TryIt({
  destination,
  connectionId,
  movesFrom,
  testThrough,
  egressIps,
  hrefs,
  back,
  after,
}: TryItProps) {
  const { id, lastTest, status, integration } = destination
  const { act, isPending } = useVerb()
  const send = () => act(() => testDestinationAction({ id, ...(testThrough && { connectionId: testThrough }) }))
  const isLive = status === 'live'
  const isMail = integration === 'email'
  return (
    <div className="flex max-w-4xl flex-col gap-5">
      <Card title="The test lead" description="It looks like a real one, goes the same way, and counts nowhere.">
        <div className="flex flex-col gap-4">
          <Facts facts={isMail ? mailedLead : testLead} />
          <div className="flex flex-wrap items-center gap-2">
            {back && (
              <Button variant="ghost" asChild>
                <Link href={back}>
                  <ArrowLeft />
                  Back
                </Link>
              </Button>
            )}
            <Button {...(!lastTest?.passed && { variant: 'primary' })} pending={isPending} onClick={send}>
              <Send />
              {lastTest ? 'Send another test lead' : 'Send test lead'}
            </Button>
            {isPending && (
              <p className="text-sm text-tertiary">
                {isMail ? 'Waiting for the mail server' : 'Waiting for your system'}, at most 30 seconds.
              </p>
            )}
          </div>
        </div>
      </Card>
      <div aria-live="polite">
        {lastTest && <TestResult test={lastTest} egressIps={egressIps} hrefOf={(part) => hrefs[part]} />}
      </div>
      {lastTest?.passed && !isLive && (
        <GoLive
          key={lastTest.at}
          destination={destination}
          after={after}
          {...(connectionId && { connectionId })}
          {...(movesFrom && { movesFrom })}
        />
      )}
    </div>
  )
}

type GoLiveProps = { destination: DestinationView; connectionId?: string; movesFrom?: string; after: string }

function GoLive({ destination, connectionId, movesFrom, after }: GoLiveProps) {
  const { id, name, acknowledged, status, integration } = destination
  const isMail = integration === 'email'
  const box = useId()
  const router = useRouter()
  const word = useVerb()
  const live = useVerb()
  const goLive = () =>
    live.act(() => goLiveAction({ id, ...(connectionId && { connectionId }) }), {
      onDone: () => {
        toast.success(`${name} is live.`)
        router.push(after)
      },
    })
  return (
    <Card title={isMail ? 'Look into your mailbox' : 'Look at it in your own system'}>
      <div className="flex flex-col gap-4">
        <div className="flex items-start gap-2.5">
          <Checkbox
            id={box}
            className="mt-0.5"
            checked={acknowledged || word.isPending}
            disabled={acknowledged || word.isPending}
            onCheckedChange={() => word.act(() => acknowledgeTestAction({ id }))}
          />
          <div className="flex min-w-0 flex-col gap-0.5">
            <Label htmlFor={box} className="font-normal text-base">
              It arrived, and the fields are right
            </Label>
            <p className="text-pretty text-sm text-tertiary">
              {isMail
                ? 'Find the mail at each address, in the spam folder too, and compare each field. Only you can see that.'
                : 'Find Test Lead where your leads are kept, and compare each field. Only you can see that.'}
            </p>
          </div>
        </div>
        {movesFrom && <p className="text-sm text-tertiary">Leads that go to {movesFrom} now come here from then on.</p>}
        <Button
          variant="primary"
          size="lg"
          className="self-start"
          disabled={!acknowledged}
          pending={live.isPending}
          onClick={goLive}
        >
          <Rocket />
          {status === 'disabled' ? 'Go live again' : 'Go live'}
        </Button>
      </div>
    </Card>
  )
}
