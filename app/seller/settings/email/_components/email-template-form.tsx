'use client'

import { useMemo, useState } from 'react'
import {
  previewMailAction,
  recentLeadsAction,
  resetMailTemplateAction,
  saveMailTemplateAction,
  sendTestMailAction,
} from '@/app/_mail/actions'
import { problemsAt } from '@/components/flow/problem-notes'
import type { VariableChoice } from '@/components/flow/variable-picker'
import { useVerb } from '@/components/form/use-verb'
import { MailWords } from '@/components/mail/mail-fields'
import { MailPreview } from '@/components/mail/mail-preview'
import { MailVerbsContext } from '@/components/mail/verbs'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { MailTemplate } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import type { MailTemplateView } from '@/lib/lead-mail/schema'

type EmailTemplateFormProps = {
  template: MailTemplateView
  variables: readonly VariableChoice[]
  mayChange: boolean
}

/** Only what is not Baton's own. */
function ownWords({ builtIn, ...template }: MailTemplateView): MailTemplate {
  const parts = ['reply_to', 'subject', 'html', 'text'] as const
  return Object.fromEntries(parts.flatMap((part) => (template[part] === builtIn[part] ? [] : [[part, template[part]]])))
}

/** What the lead mails of the account say, beside the mail itself. */
export function EmailTemplateForm({ template, variables, mayChange }: EmailTemplateFormProps) {
  const [words, setWords] = useState<MailTemplate>(() => ownWords(template))
  const [problems, setProblems] = useState<Problem[]>([])
  const { act, run, isPending } = useVerb()
  const verbs = useMemo(
    () => ({
      preview: previewMailAction,
      sendTest: sendTestMailAction,
      recentLeads: () => recentLeadsAction({ side: 'seller' }),
    }),
    [],
  )
  function set(part: Partial<Record<keyof MailTemplate, unknown>>) {
    const whole = Object.entries({ ...words, ...part }).filter(([, value]) => value !== undefined)
    setWords(Object.fromEntries(whole) as MailTemplate)
    setProblems([])
  }
  const save = () =>
    act(
      async () => {
        const saved = await saveMailTemplateAction(words)
        if (!saved.ok) {
          setProblems((saved.error.issues ?? []).map((issue) => ({ ...issue, severity: 'error' as const })))
        }
        return saved
      },
      { done: 'Saved. It counts from the next lead on.' },
    )
  return (
    <MailVerbsContext value={verbs}>
      <div className="grid min-w-0 items-start gap-5 xl:grid-cols-2">
        <Card
          title="Default mail of a lead"
          description="Used by every step that delivers by email, part by part, unless the step has words of its own."
        >
          <fieldset disabled={!mayChange} className="flex min-w-0 flex-col gap-5">
            <MailWords
              email={words}
              set={set}
              at={(name) => problemsAt(problems, name)}
              defaults={template.builtIn}
              defaultName="Baton’s default"
              variables={variables}
            />
            {mayChange ? (
              <div className="flex flex-wrap gap-2">
                <Button variant="primary" pending={isPending} onClick={save}>
                  Save
                </Button>
                {template.changed && (
                  <ConfirmDialog
                    trigger={<Button>Reset to default</Button>}
                    title="Go back to Baton’s own template?"
                    description="Your words are gone for good. Steps with words of their own keep them."
                    confirm="Reset"
                    onConfirm={() => run(() => resetMailTemplateAction({}), { done: 'Baton’s own template is used.' })}
                  />
                )}
              </div>
            ) : (
              <Alert kind="info" title="You can look">
                Only a member can change the template.
              </Alert>
            )}
          </fieldset>
        </Card>
        <MailPreview asked={{ email: { to: ['buyer@example.com'] }, defaults: words }} canSend={mayChange} />
      </div>
    </MailVerbsContext>
  )
}
