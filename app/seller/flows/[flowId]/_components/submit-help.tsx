'use client'

import { Alert } from '@/components/ui/alert'
import { CodeBlock } from '@/components/ui/code-block'
import { CopyButton } from '@/components/ui/copy-button'
import type { SourceView } from '@/lib/flows/schema'
import { useEditor } from './editor-context'

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

function curlFor(source: SourceView, secret: string | undefined, sample: Record<string, unknown>): string {
  const key = secret ?? (source.keyLastFour ? `$SOURCE_KEY` : undefined)
  return [
    `curl -X POST ${quote(`${source.submitUrl}?is_test=true`)}`,
    `-H 'Content-Type: application/json'`,
    ...(source.authenticationRequired && key ? [`-H "Authorization: Bearer ${key}"`] : []),
    `-d ${quote(JSON.stringify(sample, null, 2))}`,
  ].join(' \\\n  ')
}

type SubmitHelpProps = {
  source: SourceView
  /** Its key, just made. */
  secret?: string | undefined
  /** Shows the command at once. */
  startsOpen?: boolean
}

/** How to submit to a source: its address, its key when it was just made, and a command that works. */
export function SubmitHelp({ source, secret, startsOpen }: SubmitHelpProps) {
  const { view } = useEditor()
  return (
    <div className="flex flex-col gap-4">
      <CopyLine label="Submission URL" text={source.submitUrl} />
      {source.settings.pings?.allowed !== false && <CopyLine label="Ping URL" text={source.pingUrl} />}
      {secret && <CopyLine label="Key" text={secret} />}
      <details open={startsOpen ?? false} className="flex flex-col">
        <summary className="w-fit rounded-sm font-medium text-sm hover:text-accent-text">
          Send a test lead with curl
        </summary>
        <CodeBlock label="Command" language="shell" code={curlFor(source, secret, view.sample)} className="mt-2" />
        <p className="mt-2 text-tertiary text-xs">
          <code>is_test=true</code> marks it as a test: it runs the live flow and counts nowhere. Leave it out for a
          real lead.
        </p>
      </details>
      {view.flow.liveVersion === null && (
        <Alert>The flow is not published yet, so submissions are refused until it is.</Alert>
      )}
    </div>
  )
}

/** A text to be copied, under its name. */
export function CopyLine({ label, text }: { label: string; text: string }) {
  return (
    <div className="flex flex-col gap-1.5">
      <span className="font-medium text-sm">{label}</span>
      <div className="flex min-w-0 items-center gap-1 rounded-lg border bg-muted/60 py-0.5 pr-0.5 pl-3">
        <code className="min-w-0 flex-1 break-all py-1.5 font-mono text-xs">{text}</code>
        <CopyButton text={text} label={`Copy ${label}`} />
      </div>
    </div>
  )
}
