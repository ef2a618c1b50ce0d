import type { RecordedRequest } from '@/lib/engine/schema'
import { CodeBlock } from '../ui/code-block'
import type { Language } from '../ui/highlight'
import { Skeleton } from '../ui/skeleton'

type RequestPreviewProps = {
  request: RecordedRequest | undefined
  isStale: boolean
  /** One below the other, for a narrow place. */
  stacked?: boolean
}

type SamplePreviewProps = {
  value: { request: RecordedRequest; problem?: string } | undefined
  refusal: string | undefined
  isStale: boolean
  stacked?: boolean
}

/** The preview with what is wrong with it, in words. */
export function SamplePreview({ value, refusal, isStale, stacked = true }: SamplePreviewProps) {
  const words = refusal ?? value?.problem
  return (
    <>
      <RequestPreview request={value?.request} isStale={isStale} stacked={stacked} />
      {words && <p className="text-pretty text-red text-xs">{words}</p>}
    </>
  )
}

function languageOf({ headers, body }: RecordedRequest): Language {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  if (/json/i.test(type) || /^[[{]/.test(body)) return 'json'
  return /xml/i.test(type) ? 'xml' : 'text'
}

/** The request of the sample lead as it would be sent now, in its own format. */
function RequestPreview({ request, isStale, stacked = false }: RequestPreviewProps) {
  if (!request) return <Skeleton className="h-48 rounded-lg" />
  const { method, url, headers, body } = request
  const head = [`${method} ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join('\n')
  const language = languageOf(request)
  const columns = stacked || body === '' ? '' : 'xl:grid-cols-2'
  return (
    <div
      aria-busy={isStale}
      className={`grid min-w-0 gap-3 transition-opacity duration-120 ${columns} ${isStale ? 'opacity-60' : ''}`}
    >
      {body !== '' && <CodeBlock title="Body" code={body} language={language} wrap={language !== 'json'} />}
      <CodeBlock title="Address and headers" code={head} language="http" wrap />
    </div>
  )
}
