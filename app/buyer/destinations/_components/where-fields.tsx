'use client'

import { Lock } from 'lucide-react'
import { useController, useWatch } from 'react-hook-form'
import { CheckboxField, RadioField, TextAreaField, TextField } from '@/components/form/fields'
import { AddressField } from '@/components/mail/address-field'
import { Alert } from '@/components/ui/alert'
import { invalid } from '@/lib/errors'
import { err, ok, type Result } from '@/lib/result'

export const isPlainHttp = (url: unknown): boolean => typeof url === 'string' && /^\s*http:/i.test(url)

/** Whether the address was confirmed: never one that needs no confirmation, so that the next one asks again. */
export function confirmedAddress(url: unknown, isConfirmed: boolean | undefined): Result<boolean> {
  if (!isPlainHttp(url)) return ok(false)
  if (isConfirmed) return ok(true)
  const issues = [{ path: 'insecureConfirmed', message: 'Tick this to go on, or use https://.' }]
  return err(invalid('Say that you know what an unencrypted address means.', issues))
}

/** What the destination is called in the account. */
export function NameFields({ autoFocus = false }: { autoFocus?: boolean }) {
  return (
    <>
      <TextField
        name="name"
        label="Name"
        placeholder="Our CRM"
        hint="Only you see it. Each destination has its own."
        autoFocus={autoFocus}
      />
      <TextAreaField name="description" label="Description" optional rows={2} />
    </>
  )
}

/** The address; one that is not encrypted has to be confirmed. */
export function AddressFields() {
  const url: unknown = useWatch({ name: 'config.endpoint.url' })
  const method: unknown = useWatch({ name: 'config.endpoint.method' })
  const shown = typeof method === 'string' ? method : 'POST'
  return (
    <>
      <div className="flex flex-col gap-4 sm:flex-row sm:gap-3">
        <div className="flex shrink-0 flex-col gap-1.5">
          <span className="font-medium text-sm" id="method-label">
            Method
          </span>
          <output
            aria-labelledby="method-label"
            title="Fixed: it goes with the format"
            className="flex h-control w-fit items-center gap-2 rounded-lg border bg-muted px-2.5 font-mono text-secondary text-sm"
          >
            {shown}
            <Lock aria-label="fixed" className="size-3.5 text-tertiary" />
          </output>
        </div>
        <TextField
          className="flex-1"
          name="config.endpoint.url"
          label="URL"
          mono
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          placeholder="https://crm.example.com/leads"
          hint={`Each lead is sent here by ${shown}, which goes with the format. Only you see this address.`}
        />
      </div>
      {isPlainHttp(url) && (
        <Alert kind="warning" title="This address is not encrypted">
          <p className="mb-2">
            Anyone on the way can read the leads and your credential. Use https:// if your system has it. If you go on,
            the destination stays marked.
          </p>
          <CheckboxField name="insecureConfirmed" label="I know, and send leads unencrypted all the same" />
        </Alert>
      )}
    </>
  )
}

/** The mailboxes of a destination by mail. */
export function MailboxFields() {
  const { field, fieldState } = useController({ name: 'email.to' })
  const { error } = fieldState
  const message = Array.isArray(error) ? error.find(Boolean)?.message : error?.message
  return (
    <AddressField
      label="Addresses"
      hint="Everybody here gets the same mail. Only you see these addresses."
      addresses={Array.isArray(field.value) ? field.value : []}
      problems={message ? [{ severity: 'error', path: 'email.to', message }] : []}
      onChange={field.onChange}
    />
  )
}

const modes = [
  { value: 'accept', label: 'Accepts every lead' },
  { value: 'price', label: 'Accepts and names a price' },
  { value: 'reject', label: 'Rejects every lead' },
  { value: 'delay', label: 'Takes its time, then accepts' },
  { value: 'fail', label: 'Fails with a server error' },
]

/** How the sandbox buyer behaves. */
export function SandboxFields() {
  const mode: unknown = useWatch({ name: 'settings.mode' })
  return (
    <>
      <RadioField name="settings.mode" label="What it does" options={modes} columns={2} />
      {mode === 'price' && (
        <TextField
          name="settings.price"
          label="Price"
          type="number"
          min={0}
          step="0.01"
          prefix="$"
          className="max-w-48"
        />
      )}
      {mode === 'reject' && (
        <TextField name="settings.reason" label="Reason" optional placeholder="Already a customer" />
      )}
      {mode === 'delay' && (
        <TextField name="settings.delay_seconds" label="Seconds" type="number" min={0} max={60} className="max-w-48" />
      )}
      {mode === 'fail' && (
        <TextField
          name="settings.fail_status"
          label="Status"
          type="number"
          min={500}
          max={599}
          placeholder="500"
          className="max-w-48"
        />
      )}
    </>
  )
}
