'use client'

import { FileUp } from 'lucide-react'
import { useId, useRef, useState, useTransition } from 'react'
import { toast } from 'sonner'
import { DraftText } from '@/components/flow/draft-field'
import { isError, ProblemNotes } from '@/components/flow/problem-notes'
import { RefusalAlert } from '@/components/form/form'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons, DialogContent } from '@/components/ui/dialog'
import { Label } from '@/components/ui/label'
import { Textarea } from '@/components/ui/textarea'
import { type Refusal, unavailable } from '@/lib/errors'
import type { ImportedFlow } from '@/lib/flows/schema'
import { importFlowAction } from '../actions'

type ImportDialogProps = {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  /** Imports into this flow; a new one is made without it. */
  flowId?: string
  /** Done before: what is being edited has to be saved first. */
  before?: () => Promise<boolean>
  onDone: (made: ImportedFlow) => void
}

/** A flow or a buyer from JSON: pasted or from a file, looked over, its secrets given, then imported. */
export function ImportDialog({ isOpen, onOpenChange, ...form }: ImportDialogProps) {
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogContent
        size="lg"
        title={form.flowId ? 'Import into this flow' : 'Import a flow'}
        description={
          form.flowId
            ? 'A buyer is added as a step; a flow replaces the draft. What is live stays live until you publish.'
            : 'An exported flow, or the configuration of a buyer, becomes a new flow. Nothing is live until you publish it.'
        }
      >
        <ImportForm {...form} />
      </DialogContent>
    </Dialog>
  )
}

const unreachable = { ok: false as const, error: unavailable('Baton could not be reached. Try again.') }

/** The two calls of an import: what would come of it, and doing it. */
function useImport({ flowId, before, onDone }: Pick<ImportDialogProps, 'flowId' | 'before' | 'onDone'>) {
  const [tried, setTried] = useState<ImportedFlow>()
  const [refusal, setRefusal] = useState<Refusal>()
  const [isPending, start] = useTransition()
  const call = (text: string, secrets: Record<string, string>, dryRun: boolean) =>
    importFlowAction({ text, secrets, dryRun, ...(flowId && { flowId }) }).catch(() => unreachable)
  return {
    tried,
    refusal,
    isPending,
    forget: () => {
      setTried(undefined)
      setRefusal(undefined)
    },
    look: (text: string) =>
      start(async () => {
        if (before && !(await before())) return setRefusal(unavailable('Your own changes could not be saved first.'))
        const result = await call(text, {}, true)
        setTried(result.ok ? result.value : undefined)
        setRefusal(result.ok ? undefined : result.error)
      }),
    run: (text: string, secrets: Record<string, string>) =>
      start(async () => {
        const result = await call(text, secrets, false)
        if (!result.ok) return setRefusal(result.error)
        toast.success(
          result.value.kind === 'buyer' && flowId
            ? 'The buyer is added to the draft'
            : `${result.value.name} is imported`,
        )
        onDone(result.value)
      }),
  }
}

function ImportForm(props: Pick<ImportDialogProps, 'flowId' | 'before' | 'onDone'>) {
  const [text, setText] = useState('')
  const [secrets, setSecrets] = useState<Record<string, string>>({})
  const { tried, refusal, isPending, forget, look, run } = useImport(props)
  const lacks = tried?.missing.some(({ name }) => !secrets[name])
  function write(next: string) {
    setText(next)
    forget()
  }
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        if (tried) run(text, secrets)
        else look(text)
      }}
    >
      <PasteArea text={text} onChange={write} isWrong={refusal !== undefined && !tried} />
      {refusal && <RefusalAlert refusal={refusal} />}
      {tried && <Findings tried={tried} secrets={secrets} onSecrets={setSecrets} isInto={props.flowId !== undefined} />}
      <DialogButtons>
        <Button type="submit" variant="primary" pending={isPending} disabled={text.trim() === '' || lacks === true}>
          {tried ? 'Import' : 'Look it over'}
        </Button>
      </DialogButtons>
    </form>
  )
}

function PasteArea({ text, onChange, isWrong }: { text: string; onChange: (text: string) => void; isWrong: boolean }) {
  const id = useId()
  const file = useRef<HTMLInputElement>(null)
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center justify-between gap-3">
        <Label htmlFor={id}>Configuration</Label>
        <Button size="sm" variant="ghost" onClick={() => file.current?.click()}>
          <FileUp className="size-3.5" />
          Choose a file
        </Button>
        <input
          ref={file}
          type="file"
          accept=".json,.js,.txt,application/json"
          aria-label="File with a configuration"
          className="hidden"
          onChange={async (event) => {
            const chosen = event.target.files?.[0]
            if (chosen) onChange(await chosen.text())
            event.target.value = ''
          }}
        />
      </div>
      <Textarea
        mono
        id={id}
        value={text}
        spellCheck={false}
        aria-invalid={isWrong}
        aria-describedby={`${id}-hint`}
        className="min-h-48"
        placeholder={
          '{\n  "endpoint": { "url": "https://api.buyer.com/leads" },\n  "request": { "mappings": { "email": "{{lead.email}}" } }\n}'
        }
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-hint`} className="text-pretty text-tertiary text-xs">
        JSON, or an object as it stands in a partner’s guide. Secrets in it are best left as names, like
        process.env.TOKEN: you are asked for them.
      </p>
    </div>
  )
}

type FindingsProps = {
  tried: ImportedFlow
  secrets: Record<string, string>
  onSecrets: (secrets: Record<string, string>) => void
  isInto: boolean
}

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`

/** What would come of it: in words, the secrets it lacks, and what would have to be mended. */
function Findings({ tried, secrets, onSecrets, isInto }: FindingsProps) {
  const { document, kind, missing, notes, name } = tried
  const errors = tried.problems.filter(isError)
  const what =
    kind === 'buyer'
      ? `${isInto ? 'A buyer step' : 'A flow with the buyer step'} ${document.steps.at(-1)?.name}`
      : `${isInto ? 'This draft becomes' : `${name}:`} ${plural(document.fields.length, 'field')}, ${plural(document.steps.length, 'step')}`
  return (
    <div className="flex animate-rise flex-col gap-4">
      <Alert title={what}>
        {notes.length > 0 && (
          <ul className="flex flex-col gap-0.5">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
      </Alert>
      {missing.length > 0 && (
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-2 font-medium text-sm">{plural(missing.length, 'secret')} to give</legend>
          {missing.map((secret) => (
            <DraftText
              key={secret.name}
              label={
                <>
                  {secret.label} <code className="font-mono font-normal text-tertiary text-xs">{secret.name}</code>
                </>
              }
              type="password"
              autoComplete="off"
              value={secrets[secret.name] ?? ''}
              hint={`Stands at ${secret.path}. It is sealed, and never shown again.`}
              onChange={(value) => onSecrets({ ...secrets, [secret.name]: value })}
            />
          ))}
        </fieldset>
      )}
      {errors.length > 0 && (
        <Alert kind="warning" title={`${plural(errors.length, 'thing')} to mend before it can be published`}>
          <ProblemNotes problems={errors} className="mt-1" isLink />
        </Alert>
      )}
    </div>
  )
}
