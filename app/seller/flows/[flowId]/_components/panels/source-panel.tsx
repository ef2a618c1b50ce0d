'use client'

import { KeyRound } from 'lucide-react'
import { useOptimistic, useState, useTransition } from 'react'
import { toast } from 'sonner'
import { Toggle } from '@/components/form/toggle'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { CreatedSource, SourceView } from '@/lib/flows/schema'
import type { Result } from '@/lib/result'
import { rotateKeyAction, updateSourceAction } from '../../actions'
import { useEditor } from '../editor-context'
import { PanelFrame, PanelPart } from '../panel-frame'
import { SourceSettingsForm } from '../source-settings'
import { SourceWebhook } from '../source-webhook'
import { SubmitHelp } from '../submit-help'

/** One source: its address, its key, and what it adds to the flow. */
export function SourcePanel({ source }: { source: SourceView }) {
  const { reload, flush } = useEditor()
  const [secret, setSecret] = useState<string>()
  const [switches, setSwitches] = useOptimistic({
    enabled: source.enabled,
    authenticationRequired: source.authenticationRequired,
  })
  const [, start] = useTransition()

  async function take(result: Result<CreatedSource>) {
    if (!result.ok) return void toast.error(result.error.message)
    if (result.value.key) setSecret(result.value.key)
    await flush()
    await reload()
  }
  const set = (part: Partial<typeof switches> & { name?: string }) =>
    start(async () => {
      setSwitches({ ...switches, ...part })
      await take(await updateSourceAction({ flowId: source.flowId, sourceId: source.id, ...part }))
    })

  return (
    <PanelFrame title={source.name} description="Changes here work at once, without publishing.">
      {secret && (
        <Alert kind="warning" title="Copy the key now">
          It is shown this once. Whoever submits sends it as a bearer token, or as the password of Basic authentication.
        </Alert>
      )}
      <SubmitHelp source={source} secret={secret} />
      <PanelPart title="Access">
        <Toggle
          label="Enabled"
          hint="Off: submissions are refused with “Source is disabled”."
          checked={switches.enabled}
          onChange={(enabled) => set({ enabled })}
        />
        <Toggle
          label="Require a key"
          hint={
            source.keyLastFour ? `Its key ends with ${source.keyLastFour}.` : 'A key is made when you turn this on.'
          }
          checked={switches.authenticationRequired}
          onChange={(authenticationRequired) => set({ authenticationRequired })}
        />
        {source.keyLastFour && (
          <ConfirmDialog
            trigger={
              <Button className="self-start">
                <KeyRound />
                Rotate key
              </Button>
            }
            title="Rotate the key?"
            description="A new key is made and shown once. The present one stops working at once."
            confirm="Rotate key"
            onConfirm={async () => take(await rotateKeyAction({ flowId: source.flowId, sourceId: source.id }))}
          />
        )}
      </PanelPart>
      <SourceSettingsForm key={source.id} source={source} onSaved={take} />
      <SourceWebhook key={`${source.id} webhook`} source={source} onSaved={take} />
    </PanelFrame>
  )
}
