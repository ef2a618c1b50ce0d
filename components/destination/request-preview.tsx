import { CodeBlock } from '@/components/ui/code-block'
import { Skeleton } from '@/components/ui/skeleton'
import type { RecordedRequest } from '@/lib/engine/schema'

/** The request of the test lead as it would be sent now. */
export function RequestPreview({ request, isStale }: { request: RecordedRequest | undefined; isStale: boolean }) {
  if (!request) return <Skeleton className="h-48 rounded-lg" />
  const { method, url, headers, body } = request
  const head = [`${method} ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join('\n')
  return (
    <div
      aria-busy={isStale}
      className={`grid gap-3 transition-opacity duration-120 xl:grid-cols-2 ${isStale ? 'opacity-60' : ''}`}
    >
      <CodeBlock title="Body" code={body} language="json" />
      <CodeBlock title="Address and headers" code={head} language="http" wrap />
    </div>
  )
}
