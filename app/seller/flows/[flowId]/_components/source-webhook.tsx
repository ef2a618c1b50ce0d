'use client'

import { KeyRound, Send } from 'lucide-react'
import { useState, useTransition } from 'react'
import { DraftText } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { SourceSettings } from '@/lib/engine/schema'
import type { Refusal } from '@/lib/errors'
import type { CreatedSource, SourceView } from '@/lib/flows/schema'
import type { TriedWebhook } from '@/lib/notices/schema'
import type { Result } from '@/lib/result'
import { rotateWebhookSecretAction, tryWebhookAction, updateSourceAction } from '../actions'
import { PanelPart } from './panel-frame'
import { asProblems } from './source-problems'
import { CopyLine } from './submit-help'

type SourceWebhookProps = { source: SourceView; onSaved: (result: Result<CreatedSource>) => Promise<void> }

const UrlOrNothing = SourceSettings.shape.webhook
const checkAddress = (text: string): string | undefined =>
  text === '' || UrlOrNothing.safeParse({ url: text }).success
    ? undefined
    : 'Give a full address that starts with https:// and carries no user name.'

/** How a source learns the end of a lead whose result was pending: it asks, or its webhook is told. */
export function SourceWebhook({ source, onSaved }: SourceWebhookProps) {
  const saved = source.settings.webhook?.url ?? ''
  const [url, setUrl] = useState(saved)
  const [refusal, setRefusal] = useState<Refusal>()
  const [secret, setSecret] = useState<string>()
  const [isPending, start] = useTransition()
  const at = { flowId: source.flowId, sourceId: source.id }

  async function take(result: Result<CreatedSource>) {
    setRefusal(result.ok ? undefined : result.error)
    if (!result.ok) return
    if (result.value.webhookSecret) setSecret(result.value.webhookSecret)
    if (!result.value.settings.webhook) setSecret(undefined)
    await onSaved(result)
  }
  const save = () =>
    start(async () => take(await updateSourceAction({ ...at, settings: { webhook: url === '' ? null : { url } } })))

  return (
    <PanelPart
      title="When the result comes later"
      description="A lead that waits or that nobody answered for is told as pending. Its source may ask for the end, or be told."
    >
      <CopyLine label="Ask for the result" text={source.submitUrl.replace(/submit$/, 'leads/{lead id}')} />
      <DraftText
        label="Webhook"
        optional
        mono
        type="url"
        inputMode="url"
        value={url}
        placeholder="https://source.example.com/baton"
        check={checkAddress}
        hint="Called once with the final answer as JSON, signed by Standard Webhooks. Tried again for 24 hours."
        problems={problemsAt(asProblems(refusal), 'webhook.url')}
        onChange={(text) => setUrl(text.trim())}
      />
      {secret && (
        <>
          <Alert kind="warning" title="Copy the signing secret now">
            It is shown this once. The source checks with it that a call is yours.
          </Alert>
          <CopyLine label="Signing secret" text={secret} />
        </>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button pending={isPending} disabled={url === saved} onClick={save}>
          Save webhook
        </Button>
        {saved !== '' && url === saved && (
          <>
            <SampleButton at={at} />
            <ConfirmDialog
              trigger={
                <Button variant="ghost">
                  <KeyRound />
                  New signing secret
                </Button>
              }
              title="Make a new signing secret?"
              description="It is shown once. Calls are signed with it at once, so the source must know it."
              confirm="Make it"
              onConfirm={async () => take(await rotateWebhookSecretAction(at))}
            />
          </>
        )}
      </div>
    </PanelPart>
  )
}

/** Calls the webhook with a lead that does not exist, and shows how it answered. */
function SampleButton({ at }: { at: { flowId: string; sourceId: string } }) {
  const [tried, setTried] = useState<TriedWebhook>()
  const [isPending, start] = useTransition()
  const send = () =>
    start(async () => {
      const result = await tryWebhookAction(at)
      setTried(result.ok ? result.value : { passed: false, message: result.error.message })
    })
  return (
    <>
      <Button variant="ghost" pending={isPending} onClick={send}>
        <Send />
        Send a sample
      </Button>
      {tried && (
        <Alert
          kind={tried.passed ? 'good' : 'error'}
          title={tried.passed ? 'The webhook took it' : 'The webhook did not take it'}
          className="order-last w-full"
        >
          {tried.message}
        </Alert>
      )}
    </>
  )
}
