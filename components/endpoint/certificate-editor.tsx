'use client'

import { FileUp, Trash2 } from 'lucide-react'
import { type DragEvent, useEffect, useState } from 'react'
import type { ClientCertificate } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { DraftFrame } from '../flow/draft-field'
import { problemsAt } from '../flow/problem-notes'
import { Button } from '../ui/button'
import { Textarea } from '../ui/textarea'
import { SecretField } from './secret-field'
import type { SignInTools } from './sign-in-tools'

type CertificateEditorProps = {
  certificate: ClientCertificate | undefined
  onChange: (certificate: ClientCertificate | undefined) => void
  tools: SignInTools
  problems: readonly Problem[]
}

const certificates = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g
const privateKey = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[\s\S]*?-----END (?:[A-Z]+ )*PRIVATE KEY-----/

/** A file often has the certificate and its key one after the other. */
function partsOf(text: string): Partial<Pick<ClientCertificate, 'certificate' | 'private_key'>> {
  const [found, key] = [text.match(certificates), privateKey.exec(text)?.[0]]
  return { ...(found && { certificate: found.join('\n') }), ...(key && { private_key: key }) }
}

function without(certificate: ClientCertificate, part: 'passphrase' | 'ca'): ClientCertificate {
  const { [part]: _, ...rest } = certificate
  return rest
}

/** Mutual TLS: the certificate with which the receiver knows who calls. */
export function CertificateEditor({ certificate: given, onChange, tools, problems }: CertificateEditorProps) {
  const [isOpen, setOpen] = useState(false)
  const present: ClientCertificate = given ?? { certificate: '', private_key: '' }
  const at = (key: string) => problemsAt(problems, `client_certificate.${key}`)
  if (!given && !isOpen)
    return (
      <div className="flex flex-col items-start gap-1.5">
        <span className="font-medium text-sm">Client certificate</span>
        <p className="text-pretty text-tertiary text-xs">
          For receivers that ask for mutual TLS (mTLS): they know who calls by a certificate.
        </p>
        <Button size="sm" onClick={() => setOpen(true)}>
          <FileUp />
          Add a client certificate
        </Button>
      </div>
    )
  const set = (part: Partial<ClientCertificate>) => onChange({ ...present, ...part })
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="sr-only">Client certificate</legend>
      <PemField
        label="Client certificate"
        hint="PEM; paste it or drop the file here. One that has the private key too fills both."
        value={present.certificate}
        problems={at('certificate')}
        onChange={(text) => set(text.includes('PRIVATE KEY') ? partsOf(text) : { certificate: text })}
      />
      <Facts pem={present.certificate} readCertificate={tools.readCertificate} />
      <SecretField
        label="Private key"
        isLong
        hint="PEM. Kept encrypted."
        value={present.private_key}
        tools={tools}
        problems={at('private_key')}
        onChange={(key) => set({ private_key: key })}
      />
      <SecretField
        label="Passphrase"
        hint="When the private key is encrypted."
        value={present.passphrase}
        tools={tools}
        problems={at('passphrase')}
        onChange={(passphrase) => set({ passphrase })}
        onRemove={() => onChange(without(present, 'passphrase'))}
      />
      <PemField
        label="Authority of the server"
        optional
        hint="PEM, when the server’s own certificate is signed by a private authority. It is trusted in place of the public ones."
        value={present.ca ?? ''}
        problems={at('ca')}
        onChange={(ca) => onChange(ca.trim() === '' ? without(present, 'ca') : { ...present, ca })}
      />
      <Button
        variant="ghost"
        size="sm"
        className="-ml-1 self-start"
        onClick={() => {
          setOpen(false)
          onChange(undefined)
        }}
      >
        <Trash2 />
        Remove the client certificate
      </Button>
    </fieldset>
  )
}

type PemFieldProps = {
  label: string
  hint: string
  optional?: boolean
  value: string
  problems: readonly Problem[]
  onChange: (text: string) => void
}

function PemField({ label, hint, optional, value, problems, onChange }: PemFieldProps) {
  async function drop(event: DragEvent) {
    const [file] = event.dataTransfer.files
    if (!file) return
    event.preventDefault()
    onChange(await file.text())
  }
  return (
    <DraftFrame label={label} hint={hint} problems={problems} {...(optional && { optional })}>
      {(control) => (
        <Textarea
          {...control}
          rows={4}
          spellCheck={false}
          autoComplete="off"
          className="font-mono text-xs"
          placeholder="-----BEGIN CERTIFICATE-----"
          value={value}
          onDragOver={(event) => event.preventDefault()}
          onDrop={drop}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </DraftFrame>
  )
}

type Read = { subject: string; issuer: string; expiresAt: string }

/** Whose certificate it is and until when, once it can be read. */
function Facts({ pem, readCertificate }: { pem: string; readCertificate: SignInTools['readCertificate'] }) {
  const [read, setRead] = useState<{ pem: string; facts: Read | null }>()
  useEffect(() => {
    if (!pem.includes('-----END CERTIFICATE-----')) return
    let isWanted = true
    readCertificate({ certificate: pem }).then((result) => {
      if (isWanted && result.ok) setRead({ pem, facts: result.value.facts })
    })
    return () => {
      isWanted = false
    }
  }, [pem, readCertificate])
  if (read?.pem !== pem || !read.facts) return null
  const { subject, issuer, expiresAt } = read.facts
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 rounded-lg border bg-muted p-3 text-sm">
      <dt className="text-tertiary">Subject</dt>
      <dd className="min-w-0 break-words">{subject}</dd>
      <dt className="text-tertiary">Signed by</dt>
      <dd className="min-w-0 break-words">{issuer}</dd>
      <dt className="text-tertiary">Expires</dt>
      <dd>{expiresAt.slice(0, 10)}</dd>
    </dl>
  )
}
