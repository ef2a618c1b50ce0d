'use client'

import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import type { Auth } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { Button } from '../ui/button'
import { Input } from '../ui/input'
import { NativeSelect } from '../ui/native-select'
import { DraftFrame, DraftText } from './draft-field'

type SecretValue = string | { secret: string }
export type SecretSummaries = Record<string, { lastFour: string; updatedAt: string }>

const authWords: Record<Auth['type'], string> = {
  none: 'None',
  basic: 'User name and password',
  bearer: 'Bearer token',
  api_key: 'API key in a header',
}

const secretNames: Record<Exclude<Auth['type'], 'none'>, string> = {
  basic: 'Password',
  bearer: 'Token',
  api_key: 'Key',
}
const headerName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/

const secretOf = (auth: Auth): SecretValue => {
  if (auth.type === 'basic') return auth.password
  if (auth.type === 'bearer') return auth.token
  return auth.type === 'api_key' ? auth.key : ''
}

const blankAuth = (type: Auth['type']): Auth => {
  if (type === 'basic') return { type, username: '', password: '' }
  if (type === 'bearer') return { type, token: '' }
  return type === 'api_key' ? { type, header: 'X-Api-Key', key: '' } : { type: 'none' }
}

const withSecret = (auth: Auth, secret: SecretValue): Auth => {
  if (auth.type === 'basic') return { ...auth, password: secret }
  if (auth.type === 'bearer') return { ...auth, token: secret }
  return auth.type === 'api_key' ? { ...auth, key: secret } : auth
}

function isWhole(auth: Auth): boolean {
  if (auth.type === 'none') return true
  if (auth.type === 'basic' && auth.username === '') return false
  return secretOf(auth) !== '' && (auth.type !== 'api_key' || headerName.test(auth.header))
}

type AuthFieldsProps = {
  auth: Auth
  /** Hears only of whole credentials. */
  onChange: (auth: Auth) => void
  /** The last four characters of what is kept. */
  secrets: SecretSummaries
  problems?: readonly Problem[]
}

/** How a request proves who sends it. Secrets can be set and replaced, never read back. */
export function AuthFields({ auth: saved, onChange, secrets, problems = [] }: AuthFieldsProps) {
  const [under, setUnder] = useState<Auth>()
  const auth = under ?? saved
  function change(next: Auth) {
    setUnder(isWhole(next) ? undefined : next)
    if (isWhole(next)) onChange(next)
  }
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <DraftFrame
        label="Authentication"
        problems={problems}
        wrong={under ? 'Fill this in; it is saved when it is complete.' : undefined}
      >
        {(control) => (
          <NativeSelect
            {...control}
            value={auth.type}
            onChange={(event) => change(blankAuth(event.target.value as Auth['type']))}
          >
            {Object.entries(authWords).map(([type, words]) => (
              <option key={type} value={type}>
                {words}
              </option>
            ))}
          </NativeSelect>
        )}
      </DraftFrame>
      {auth.type === 'basic' && (
        <DraftText
          label="User name"
          autoComplete="off"
          value={auth.username}
          maxLength={200}
          check={(text) => (text === '' ? 'Give the user name.' : undefined)}
          onChange={(username) => change({ ...auth, username })}
        />
      )}
      {auth.type === 'api_key' && (
        <DraftText
          label="Header"
          mono
          value={auth.header}
          check={(text) => (headerName.test(text) ? undefined : 'Give the name of a header, like X-Api-Key.')}
          onChange={(header) => change({ ...auth, header })}
        />
      )}
      {auth.type !== 'none' && (
        <SecretField
          key={auth.type}
          label={secretNames[auth.type]}
          value={secretOf(auth)}
          secrets={secrets}
          onChange={(secret) => change(withSecret(auth, secret))}
        />
      )}
    </div>
  )
}

type SecretFieldProps = {
  label: string
  value: SecretValue
  secrets: SecretSummaries
  onChange: (secret: SecretValue) => void
}

function SecretField({ label, value, secrets, onChange }: SecretFieldProps) {
  const [typed, setTyped] = useState<string>()
  if (typed === undefined && value !== '') {
    const kept = typeof value === 'object' ? secrets[value.secret] : undefined
    return (
      <DraftFrame label={label} hint="Kept encrypted. It can be replaced, not read.">
        {(control) => (
          <div className="flex items-center gap-2">
            <output
              {...control}
              className="flex h-control min-w-0 flex-1 items-center gap-2 rounded-lg border bg-muted px-2.5 text-secondary"
            >
              <KeyRound aria-hidden className="size-3.5 shrink-0 text-tertiary" />
              <span className="truncate font-mono text-sm">{kept ? `•••• ${kept.lastFour}` : 'Set'}</span>
            </output>
            <Button onClick={() => setTyped('')}>Replace</Button>
          </div>
        )}
      </DraftFrame>
    )
  }
  const save = () => {
    if (typed) onChange(typed)
    setTyped(undefined)
  }
  return (
    <DraftFrame label={label} hint="Saved encrypted when you leave this field.">
      {(control) => (
        <Input
          {...control}
          type="password"
          autoComplete="new-password"
          autoFocus={value !== ''}
          value={typed ?? ''}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={save}
          onKeyDown={(event) => event.key === 'Enter' && save()}
        />
      )}
    </DraftFrame>
  )
}
