'use client'

import { KeyRound } from 'lucide-react'
import { useId, useState } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { TextField } from '@/components/form/fields'
import { Button } from '@/components/ui/button'
import { Label } from '@/components/ui/label'
import { RadioGroup } from '@/components/ui/radio-group'
import { RelativeTime } from '@/components/ui/relative-time'
import type { DestinationView } from '@/lib/destinations/schema'
import type { Auth } from '@/lib/engine/schema'
import { RevealCredential } from './reveal-credential'

const at = 'config.endpoint.auth'

const kinds: { value: Auth['type']; label: string; hint: string }[] = [
  { value: 'none', label: 'Nothing', hint: 'Whoever knows the address may send. Fine for a first try.' },
  { value: 'basic', label: 'User name and password', hint: 'Also called basic authentication.' },
  { value: 'bearer', label: 'Token', hint: 'Sent as Authorization: Bearer, also called an access token.' },
  { value: 'api_key', label: 'API key in a header', hint: 'Such as X-Api-Key; your system names the header.' },
]

const blank = (type: Auth['type']): Auth => {
  if (type === 'basic') return { type, username: '', password: '' }
  if (type === 'bearer') return { type, token: '' }
  return type === 'api_key' ? { type, header: 'X-Api-Key', key: '' } : { type: 'none' }
}

const secretFields = {
  basic: { name: 'password', label: 'Password' },
  bearer: { name: 'token', label: 'Token' },
  api_key: { name: 'key', label: 'Key' },
} as const

type AuthFieldsProps = { destinationId: string; saved: Auth; credential: DestinationView['credential'] }

/** The four ways to prove who sends a lead. A saved secret is shown by its end, and can be replaced. */
export function AuthFields({ destinationId, saved, credential }: AuthFieldsProps) {
  const { setValue, clearErrors } = useFormContext()
  const auth: Auth = useWatch({ name: at })
  function choose(type: string) {
    clearErrors(at)
    setValue(at, type === saved.type ? saved : blank(type as Auth['type']), { shouldDirty: true })
  }
  return (
    <>
      <RadioGroup aria-label="Authentication" columns={2} value={auth.type} onValueChange={choose} options={kinds} />
      {auth.type === 'basic' && (
        <TextField
          name={`${at}.username`}
          label="User name"
          autoComplete="off"
          spellCheck={false}
          className="max-w-md"
        />
      )}
      {auth.type === 'api_key' && (
        <TextField
          name={`${at}.header`}
          label="Header"
          mono
          autoComplete="off"
          spellCheck={false}
          className="max-w-md"
        />
      )}
      {auth.type !== 'none' && (
        <SecretField
          key={auth.type}
          type={auth.type}
          destinationId={destinationId}
          saved={saved}
          credential={credential}
        />
      )}
    </>
  )
}

type SecretFieldProps = AuthFieldsProps & { type: Exclude<Auth['type'], 'none'> }

function SecretField({ type, destinationId, saved, credential }: SecretFieldProps) {
  const id = useId()
  const { name, label } = secretFields[type]
  const path = `${at}.${name}`
  const { setValue } = useFormContext()
  const value: unknown = useWatch({ name: path })
  const [isReplacing, setReplacing] = useState(false)
  const isKept = saved.type === type && typeof value === 'object' && value !== null
  if (!isKept)
    return (
      <TextField
        name={path}
        label={label}
        type="password"
        autoComplete="new-password"
        autoFocus={isReplacing}
        hint="Kept encrypted. Afterwards only its last characters are shown."
        className="max-w-md"
      />
    )
  return (
    <div className="flex max-w-md flex-col gap-1.5">
      <Label htmlFor={id}>{label}</Label>
      <div className="flex flex-wrap items-center gap-2">
        <output
          id={id}
          className="flex h-control min-w-40 flex-1 items-center gap-2 rounded-lg border bg-muted px-2.5 font-mono text-secondary text-sm"
        >
          <KeyRound aria-hidden className="size-3.5 shrink-0 text-tertiary" />
          •••• {credential?.lastFour}
        </output>
        <Button
          onClick={() => {
            setReplacing(true)
            setValue(path, '', { shouldDirty: true })
          }}
        >
          Replace
        </Button>
        <RevealCredential destinationId={destinationId} label={label} />
      </div>
      {credential && (
        <p className="text-tertiary text-xs">
          Saved <RelativeTime at={credential.updatedAt} />.
        </p>
      )}
    </div>
  )
}
