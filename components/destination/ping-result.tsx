import { Exchange } from '@/components/flow/exchange'
import type { PingTest } from '@/lib/engine/schema'
import { CheckList } from './check-list'

/** What came of a test ping: line by line what is right, what the answer was taken to say, and the exchange itself. */
export function PingResult({ test }: { test: PingTest }) {
  const { checks, request, response, bid } = test
  const captured = Object.entries(bid?.captured ?? {})
  return (
    <>
      <CheckList checks={checks} />
      {captured.length > 0 && (
        <dl className="flex flex-wrap gap-x-4 gap-y-0.5 text-sm text-tertiary">
          {captured.map(([name, value]) => (
            <div key={name} className="flex min-w-0 gap-1.5">
              <dt className="font-mono">ping.{name}</dt>
              <dd className="min-w-0 break-words text-secondary">{[value].flat().join(', ')}</dd>
            </div>
          ))}
        </dl>
      )}
      <Exchange request={request} response={response} />
    </>
  )
}
