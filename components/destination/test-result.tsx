import Link from 'next/link'
import { Exchange } from '@/components/flow/exchange'
import { RecordedMails } from '@/components/mail/recorded-mails'
import { Alert } from '@/components/ui/alert'
import { RelativeTime } from '@/components/ui/relative-time'
import type { DestinationTest } from '@/lib/engine/schema'
import { CheckList } from './check-list'
import { type Cause, type DestinationPart, failureCauses } from './failure-causes'
import { PingResult } from './ping-result'

type TestResultProps = {
  test: DestinationTest
  egressIps: string
  /** Where each part of the setup is mended. */
  hrefOf: (part: DestinationPart) => string
}

const partWords: Record<DestinationPart, string> = {
  where: 'Check the address',
  'sign-in': 'Check the authentication',
  mapping: 'Check the fields and answers',
  ping: 'Check the ping',
  test: 'Send another',
}

function Causes({ causes, hrefOf }: { causes: readonly Cause[]; hrefOf: TestResultProps['hrefOf'] }) {
  return (
    <section aria-label="Common causes" className="flex flex-col gap-2">
      <h3 className="font-medium text-base">Common causes</h3>
      <ul className="flex flex-col gap-2">
        {causes.map(({ title, text, part }) => (
          <li key={title} className="rounded-lg border px-3 py-2">
            <p className="font-medium text-base">{title}</p>
            <p className="text-pretty text-sm text-tertiary">{text}</p>
            {part && (
              <Link href={hrefOf(part)} className="text-accent-text text-sm underline-offset-4 hover:underline">
                {partWords[part]}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function titleOf(passed: boolean, wasTaken: boolean): string {
  if (passed) return 'The test lead got through'
  return wasTaken ? 'The ping before the test lead brought no bid' : 'The test lead did not get through'
}

/** What came of a test lead: the verdict, why in words, what usually causes it, and the exchange itself. */
export function TestResult({ test, egressIps, hrefOf }: TestResultProps) {
  const { passed, checks, at, request, response, mail, ping } = test
  const wasTaken = checks.every((check) => check.passed)
  return (
    <div className="flex flex-col gap-4">
      <Alert kind={passed ? 'good' : 'error'} title={titleOf(passed, wasTaken)}>
        Sent <RelativeTime at={at} />.
      </Alert>
      <CheckList checks={checks} />
      {!wasTaken && !mail && <Causes causes={failureCauses(test, egressIps)} hrefOf={hrefOf} />}
      {mail ? <RecordedMails mails={[mail]} /> : <Exchange request={request} response={response} />}
      {ping && (
        <section aria-label="The ping before it" className="flex flex-col gap-2">
          <h3 className="font-medium text-base">The ping before it</h3>
          <PingResult test={ping} />
          {!ping.passed && (
            <Link href={hrefOf('ping')} className="text-accent-text text-sm underline-offset-4 hover:underline">
              {partWords.ping}
            </Link>
          )}
        </section>
      )}
    </div>
  )
}
