'use client'

import { Plus } from 'lucide-react'
import { useId, useState } from 'react'
import { addMember, stepsWithin } from '@/components/flow/distribution-members'
import { insertStep, stepIdFor } from '@/components/flow/draft-document'
import { DraftText } from '@/components/flow/draft-field'
import { newStep } from '@/components/flow/new-step'
import { type StepKind, stepKinds } from '@/components/flow/step-kinds'
import { AddressField } from '@/components/mail/address-field'
import { Button } from '@/components/ui/button'
import { Dialog, DialogButtons, DialogContent } from '@/components/ui/dialog'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { RadioGroup } from '@/components/ui/radio-group'
import type { FlowDocument, Step } from '@/lib/engine/schema'
import { checkUrl, methods } from './connection-methods'
import { useEditor } from './editor-context'

type Method = (typeof methods)[number]['value']

/** *Add step*: what kind, then its name and what it can't be without. */
export function AddStep() {
  const { view } = useEditor()
  const [kind, setKind] = useState<StepKind>()
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild disabled={!view.canEdit}>
          <Button variant="ghost" className="w-full justify-start border border-control-line border-dashed">
            <Plus />
            Add step
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start" className="w-80">
          {Object.entries(stepKinds).map(([value, { label, words, icon: Icon }]) => (
            <DropdownMenuItem key={value} onSelect={() => setKind(value as StepKind)} className="items-start">
              <Icon className="mt-0.5" />
              <span className="flex flex-col">
                {label}
                <span className="text-sm text-tertiary">{words}</span>
              </span>
            </DropdownMenuItem>
          ))}
        </DropdownMenuContent>
      </DropdownMenu>
      <AddStepDialog kind={kind} onDone={() => setKind(undefined)} />
    </>
  )
}

type AddStepDialogProps = {
  kind: StepKind | undefined
  /** The distribution that a new buyer or group becomes a member of; else it stands at the end of the flow. */
  into?: string
  onDone: () => void
}

/** Asks for what a new step needs; open while there is a `kind`. */
export function AddStepDialog({ kind, into, onDone }: AddStepDialogProps) {
  return (
    <Dialog open={kind !== undefined} onOpenChange={(isOpen) => !isOpen && onDone()}>
      <DialogContent title={kind ? stepKinds[kind].add : ''}>
        {kind && <AddStepForm kind={kind} onDone={onDone} {...(into && { into })} />}
      </DialogContent>
    </Dialog>
  )
}

function AddStepForm({ kind, into, onDone }: AddStepDialogProps & { kind: StepKind }) {
  const { document, change, go } = useEditor()
  const [name, setName] = useState('')
  const [method, setMethod] = useState<Method>('invite')
  const [url, setUrl] = useState('')
  const [addresses, setAddresses] = useState<string[]>([])
  const [isTried, setTried] = useState(false)
  const form = useId()
  const needsUrl = kind === 'lookup' || (kind === 'buyer' && method === 'manual')
  const nameWrong = name.trim() === '' ? 'Give the step a name.' : undefined
  const urlWrong = needsUrl ? checkUrl(url) : undefined

  function add() {
    setTried(true)
    if (nameWrong || urlWrong) return
    const id = stepIdFor(name, stepsWithin(document.steps))
    const made = newStep(kind, method, { id, name: name.trim(), url: url.trim(), addresses }, document.fields)
    change((now) => (into ? withMember(now, into, made) : insertStep(now, made, now.steps.length)))
    onDone()
    go({ kind: 'step', id })
  }

  return (
    <form
      id={form}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        add()
      }}
    >
      <DraftText
        label="Name"
        value={name}
        onChange={setName}
        maxLength={120}
        autoFocus
        autoComplete="off"
        placeholder={stepKinds[kind].example}
        problems={isTried && nameWrong ? [{ severity: 'error', path: 'name', message: nameWrong }] : []}
      />
      {kind === 'buyer' && (
        <RadioGroup
          aria-label="How the buyer is connected"
          options={methods}
          value={method}
          onValueChange={(value) => setMethod(value as Method)}
        />
      )}
      {needsUrl && <AddressOfStep kind={kind} url={url} onChange={setUrl} wrong={isTried ? urlWrong : undefined} />}
      {kind === 'buyer' && method === 'email' && (
        <AddressField label="To" addresses={addresses} problems={[]} onChange={setAddresses} />
      )}
      <DialogButtons>
        <Button type="submit" variant="primary">
          {stepKinds[kind].add}
        </Button>
      </DialogButtons>
    </form>
  )
}

/** A new buyer or group of a distribution. How many a group sells to is said by the outermost one. */
function withMember(document: FlowDocument, into: string, made: Step): FlowDocument {
  if (made.type === 'buyer') return addMember(document, into, made)
  if (made.type !== 'distribution') return document
  const { sell_to: _, ...group } = made
  return addMember(document, into, group)
}

type AddressOfStepProps = { kind: StepKind; url: string; onChange: (url: string) => void; wrong: string | undefined }

/** Where a step sends what it sends. */
function AddressOfStep({ kind, url, onChange, wrong }: AddressOfStepProps) {
  const isLookup = kind === 'lookup'
  return (
    <DraftText
      label="URL"
      mono
      type="url"
      inputMode="url"
      value={url}
      onChange={onChange}
      maxLength={2000}
      placeholder={isLookup ? 'https://api.service.com/check' : 'https://api.buyer.com/leads'}
      hint={isLookup ? 'What is sent there is set next.' : 'Where leads are posted as JSON.'}
      problems={wrong ? [{ severity: 'error', path: 'url', message: wrong }] : []}
    />
  )
}
