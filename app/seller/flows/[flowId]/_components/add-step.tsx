'use client'

import { Building2, Filter, Plus } from 'lucide-react'
import { useId, useState } from 'react'
import {
  insertStep,
  newFilter,
  newInvitedBuyer,
  newMailBuyer,
  newManualBuyer,
  stepIdFor,
} from '@/components/flow/draft-document'
import { DraftText } from '@/components/flow/draft-field'
import { AddressField } from '@/components/mail/address-field'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose, DialogContent } from '@/components/ui/dialog'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { RadioGroup } from '@/components/ui/radio-group'
import type { Step } from '@/lib/engine/schema'
import { checkUrl, methods } from './connection-methods'
import { useEditor } from './editor-context'

type Method = (typeof methods)[number]['value']
type Kind = 'filter' | 'buyer'

/** *Add step*: what kind, then its name and how it delivers. */
export function AddStep() {
  const { view } = useEditor()
  const [kind, setKind] = useState<Kind>()
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild disabled={!view.canEdit}>
          <Button variant="ghost" className="w-full justify-start border border-control-line border-dashed">
            <Plus />
            Add step
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start" className="w-72">
          <DropdownMenuItem onSelect={() => setKind('buyer')} className="items-start">
            <Building2 className="mt-0.5" />
            <span className="flex flex-col">
              Buyer
              <span className="text-sm text-tertiary">Delivers the lead to one buyer</span>
            </span>
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setKind('filter')} className="items-start">
            <Filter className="mt-0.5" />
            <span className="flex flex-col">
              Filter
              <span className="text-sm text-tertiary">Stops leads that should go no further</span>
            </span>
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <AddStepDialog kind={kind} onDone={() => setKind(undefined)} />
    </>
  )
}

/** Asks for what a new step needs; open while there is a `kind`. */
export function AddStepDialog({ kind, onDone }: { kind: Kind | undefined; onDone: () => void }) {
  return (
    <Dialog open={kind !== undefined} onOpenChange={(isOpen) => !isOpen && onDone()}>
      <DialogContent title={kind === 'filter' ? 'Add filter' : 'Add buyer step'}>
        {kind && <AddStepForm kind={kind} onDone={onDone} />}
      </DialogContent>
    </Dialog>
  )
}

function AddStepForm({ kind, onDone }: { kind: Kind; onDone: () => void }) {
  const { document, change, go } = useEditor()
  const [name, setName] = useState('')
  const [method, setMethod] = useState<Method>('invite')
  const [url, setUrl] = useState('')
  const [addresses, setAddresses] = useState<string[]>([])
  const [isTried, setTried] = useState(false)
  const form = useId()
  const isManual = kind === 'buyer' && method === 'manual'
  const nameWrong = name.trim() === '' ? 'Give the step a name.' : undefined
  const urlWrong = isManual ? checkUrl(url) : undefined

  function newBuyer(id: string): Step {
    if (method === 'manual') return newManualBuyer(id, name.trim(), url.trim(), document.fields)
    if (method === 'email') return newMailBuyer(id, name.trim(), addresses)
    return newInvitedBuyer(id, name.trim(), document.fields)
  }

  function add() {
    setTried(true)
    if (nameWrong || urlWrong) return
    const id = stepIdFor(name, document.steps)
    const made = kind === 'filter' ? newFilter(id, name.trim()) : newBuyer(id)
    change((now) => insertStep(now, made, now.steps.length))
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
        placeholder={kind === 'filter' ? 'Adults only' : 'Premium Insurance Buyer'}
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
      {isManual && (
        <DraftText
          label="URL"
          mono
          type="url"
          inputMode="url"
          value={url}
          onChange={setUrl}
          maxLength={2000}
          placeholder="https://api.buyer.com/leads"
          hint="Where leads are posted as JSON."
          problems={isTried && urlWrong ? [{ severity: 'error', path: 'url', message: urlWrong }] : []}
        />
      )}
      {kind === 'buyer' && method === 'email' && (
        <AddressField label="To" addresses={addresses} problems={[]} onChange={setAddresses} />
      )}
      <div className="flex justify-end gap-2">
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary">
          {kind === 'filter' ? 'Add filter' : 'Add buyer step'}
        </Button>
      </div>
    </form>
  )
}
