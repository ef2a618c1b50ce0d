import { EyeOff } from 'lucide-react'
import type { RecordedRequest, RecordedResponse } from '@/lib/engine/schema'
import { CodeBlock } from '../ui/code-block'

const looksLikeJson = (text: string) => /^\s*[[{]/.test(text)

const Headers = ({ headers }: { headers: Record<string, string> }) => {
  const lines = Object.entries(headers)
  if (lines.length === 0) return null
  return (
    <details className="text-sm">
      <summary className="w-fit rounded-sm text-tertiary text-xs hover:text-foreground">
        {lines.length} {lines.length === 1 ? 'header' : 'headers'}
      </summary>
      <dl className="mt-1 flex flex-col gap-0.5 font-mono text-xs">
        {lines.map(([name, value]) => (
          <div key={name} className="flex gap-2">
            <dt className="shrink-0 text-tertiary">{name}:</dt>
            <dd className="min-w-0 break-all">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

type ExchangeProps = {
  request?: RecordedRequest | undefined
  response?: RecordedResponse | undefined
  configuredByBuyer?: boolean | undefined
  /** In place of an answer: "Nothing was sent". */
  noAnswer?: string
}

/** What was sent and what came back, side by side; of an invited buyer only that it was sent. */
export function Exchange({ request, response, configuredByBuyer, noAnswer = 'No answer came.' }: ExchangeProps) {
  if (configuredByBuyer)
    return (
      <p className="flex items-center gap-2 rounded-lg border border-dashed px-3 py-2 text-sm text-tertiary">
        <EyeOff aria-hidden className="size-4 shrink-0" />
        Configured by buyer. You see what became of the lead, not how the buyer receives it.
      </p>
    )
  if (!request) return null
  return (
    <div className="@container">
      <div className="grid gap-3 @2xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-1.5">
          <p className="break-all font-mono text-secondary text-xs">
            {request.method} {request.url}
          </p>
          <CodeBlock
            title={request.truncated ? 'Request, cut at 64 KiB' : 'Request'}
            code={request.body}
            language={looksLikeJson(request.body) ? 'json' : 'text'}
          />
          <Headers headers={request.headers} />
        </div>
        <div className="flex min-w-0 flex-col gap-1.5">
          <p className="font-mono text-secondary text-xs">{response ? `HTTP ${response.status}` : '\u00a0'}</p>
          {response ? (
            <>
              <CodeBlock
                title={`Answer ${response.status}`}
                code={response.body}
                language={looksLikeJson(response.body) ? 'json' : 'text'}
              />
              <Headers headers={response.headers} />
            </>
          ) : (
            <p className="rounded-lg border border-dashed px-3 py-2 text-sm text-tertiary">{noAnswer}</p>
          )}
        </div>
      </div>
    </div>
  )
}
