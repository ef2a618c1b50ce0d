'use client'

import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import type { Signing } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { DraftFrame, DraftText } from '../flow/draft-field'
import { problemsAt } from '../flow/problem-notes'
import { Button } from '../ui/button'
import { CodeBlock } from '../ui/code-block'
import { NativeSelect } from '../ui/native-select'
import { SecretField } from './secret-field'
import type { SignInTools } from './sign-in-tools'

type Kind = Signing['type'] | 'none'
type Hmac = Extract<Signing, { type: 'hmac' }>

const words: Record<Kind, string> = { none: 'None', standard_webhooks: 'Standard Webhooks', hmac: 'HMAC of your own' }
const hints: Record<Kind, string> = {
  none: 'The receiver can’t tell whether a lead was changed on the way.',
  standard_webhooks: 'webhook-id, webhook-timestamp and webhook-signature; there are libraries for every language.',
  hmac: 'A header with an HMAC of the body, as the receiver’s documentation asks for it.',
}

const blankHmac: Hmac = {
  type: 'hmac',
  secret: '',
  algorithm: 'sha256',
  header: 'X-Signature',
  encoding: 'hex',
  signs: 'body',
}
function blank(kind: Kind): Signing | undefined {
  if (kind === 'none') return undefined
  return kind === 'hmac' ? blankHmac : { type: 'standard_webhooks', secret: '' }
}

type SigningEditorProps = {
  signing: Signing | undefined
  onChange: (signing: Signing | undefined) => void
  tools: SignInTools
  problems: readonly Problem[]
}

/** 256 random bits, as Standard Webhooks writes its secrets. */
function newSecret(kind: Signing['type']): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  const base64 = btoa(String.fromCharCode(...bytes))
  return kind === 'standard_webhooks' ? `whsec_${base64}` : base64.replace(/[+/=]/g, '')
}

/** How a request proves that it was not changed on the way. */
export function SigningEditor({ signing, onChange, tools, problems }: SigningEditorProps) {
  const [made, setMade] = useState<string>()
  const kind: Kind = signing?.type ?? 'none'
  function make(present: Signing) {
    const secret = newSecret(present.type)
    setMade(secret)
    onChange({ ...present, secret })
  }
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <DraftFrame label="Signature" hint={hints[kind]} className="sm:col-span-2">
        {(control) => (
          <NativeSelect
            {...control}
            value={kind}
            onChange={(event) => {
              setMade(undefined)
              onChange(blank(event.target.value as Kind))
            }}
          >
            {Object.entries(words).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </NativeSelect>
        )}
      </DraftFrame>
      {signing?.type === 'hmac' && <HmacFields signing={signing} onChange={onChange} problems={problems} />}
      {signing && (
        <div className="flex flex-col gap-2 sm:col-span-2">
          <SecretField
            label="Signing secret"
            value={signing.secret}
            tools={tools}
            problems={problemsAt(problems, 'signing.secret')}
            onChange={(secret) => {
              setMade(undefined)
              onChange({ ...signing, secret })
            }}
          />
          <Button size="sm" className="self-start" onClick={() => make(signing)}>
            <KeyRound />
            Make a secret
          </Button>
          {made && (
            <div className="flex flex-col gap-1">
              <p className="text-secondary text-sm">
                Copy it now and give it to who checks the signature: it can’t be copied here later.
              </p>
              <CodeBlock code={made} label="Signing secret" wrap />
            </div>
          )}
        </div>
      )}
    </div>
  )
}

/** The same document without what was left empty. */
function withText(signing: Hmac, key: 'prefix' | 'timestamp_header', text: string): Hmac {
  const { [key]: _, ...rest } = signing
  return text === '' ? rest : { ...rest, [key]: text }
}

function HmacFields({
  signing,
  onChange,
  problems,
}: Pick<SigningEditorProps, 'problems'> & { signing: Hmac; onChange: (signing: Signing) => void }) {
  const at = (key: string) => problemsAt(problems, `signing.${key}`)
  const select = <Key extends 'algorithm' | 'encoding' | 'signs'>(
    key: Key,
    label: string,
    options: Record<string, string>,
  ) => (
    <DraftFrame label={label} problems={at(key)}>
      {(control) => (
        <NativeSelect
          {...control}
          value={signing[key]}
          onChange={(event) => onChange({ ...signing, [key]: event.target.value } as Hmac)}
        >
          {Object.entries(options).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </NativeSelect>
      )}
    </DraftFrame>
  )
  return (
    <>
      {select('algorithm', 'Algorithm', { sha256: 'SHA-256', sha512: 'SHA-512', sha1: 'SHA-1' })}
      {select('encoding', 'Written as', { hex: 'Hexadecimal', base64: 'Base64' })}
      <DraftText
        label="Signature header"
        mono
        autoComplete="off"
        value={signing.header}
        problems={at('header')}
        onChange={(header) => onChange({ ...signing, header: header.trim() })}
      />
      <DraftText
        label="Prefix"
        optional
        mono
        autoComplete="off"
        placeholder="sha256="
        value={signing.prefix ?? ''}
        problems={at('prefix')}
        onChange={(prefix) => onChange(withText(signing, 'prefix', prefix))}
      />
      {select('signs', 'What is signed', { body: 'The body', 'timestamp.body': 'Time, a dot and the body' })}
      <DraftText
        label="Time header"
        optional={signing.signs === 'body'}
        mono
        autoComplete="off"
        placeholder="X-Timestamp"
        hint="Unix seconds of the sending."
        value={signing.timestamp_header ?? ''}
        problems={at('timestamp_header')}
        onChange={(header) => onChange(withText(signing, 'timestamp_header', header.trim()))}
      />
    </>
  )
}
