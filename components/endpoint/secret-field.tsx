'use client'

import { KeyRound } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { nameOfSecret, type Secret } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { DraftFrame } from '../flow/draft-field'
import { Button } from '../ui/button'
import { Input } from '../ui/input'
import { RelativeTime } from '../ui/relative-time'
import { Textarea } from '../ui/textarea'
import { RevealSecret } from './reveal-secret'
import type { SignInTools } from './sign-in-tools'

type SecretFieldProps = {
  label: string
  value: Secret | undefined
  onChange: (secret: Secret) => void
  /** For a secret that may be missing. */
  onRemove?: (() => void) | undefined
  tools: Pick<SignInTools, 'secrets' | 'reveal'>
  problems?: readonly Problem[]
  hint?: ReactNode
  /** A text of several lines, such as a private key. */
  isLong?: boolean
  className?: string
}

const usualHint = 'Kept encrypted; {{secret.NAME}} uses one from Settings › Secrets.'

/** A secret: typed once, then shown by its end; replaced, or revealed to an admin who gives the password. */
export function SecretField(props: SecretFieldProps) {
  const [isReplacing, setReplacing] = useState(false)
  const { value } = props
  if (value === undefined || value === '' || isReplacing)
    return <SecretInput {...props} isReplacing={isReplacing} onDone={() => setReplacing(false)} />
  return <KeptSecret {...props} value={value} onReplace={() => setReplacing(true)} />
}

function frameOf({ label, hint, onRemove, problems, className }: SecretFieldProps) {
  return {
    label,
    hint: hint ?? usualHint,
    ...(onRemove && { optional: true }),
    ...(problems && { problems }),
    ...(className && { className }),
  }
}

function KeptSecret({
  value,
  onReplace,
  tools,
  ...props
}: SecretFieldProps & { value: Secret; onReplace: () => void }) {
  const ref = typeof value === 'object' ? value.secret : undefined
  const kept = ref === undefined ? undefined : tools.secrets[ref]
  const isNamed = nameOfSecret(value) !== undefined
  const shown = isNamed ? String(value) : kept?.lastFour ? `•••• ${kept.lastFour}` : 'Set'
  const hint = kept && (
    <>
      Saved <RelativeTime at={kept.updatedAt} />.
    </>
  )
  return (
    <DraftFrame {...frameOf({ ...props, value, tools, hint: hint ?? props.hint })}>
      {(control) => (
        <div className="flex flex-wrap items-center gap-2">
          <output
            {...control}
            className="flex h-control min-w-32 flex-1 items-center gap-2 rounded-lg border bg-muted px-2.5 text-secondary"
          >
            <KeyRound aria-hidden className="size-3.5 shrink-0 text-tertiary" />
            <span className="truncate font-mono text-sm">{shown}</span>
          </output>
          <Button aria-label={`Replace ${props.label}`} onClick={onReplace}>
            Replace
          </Button>
          {props.onRemove && (
            <Button aria-label={`Remove ${props.label}`} onClick={props.onRemove}>
              Remove
            </Button>
          )}
          {ref !== undefined && kept && <RevealSecret secret={ref} label={props.label} reveal={tools.reveal} />}
        </div>
      )}
    </DraftFrame>
  )
}

type SecretInputProps = SecretFieldProps & { isReplacing: boolean; onDone: () => void }

function SecretInput({ isReplacing, onDone, onChange, isLong, ...props }: SecretInputProps) {
  const [typed, setTyped] = useState('')
  const save = () => {
    if (typed !== '') onChange(typed)
    onDone()
  }
  const common = {
    autoComplete: 'new-password',
    spellCheck: false,
    autoFocus: isReplacing,
    value: typed,
    onBlur: save,
  }
  return (
    <DraftFrame {...frameOf({ ...props, onChange })}>
      {(control) =>
        isLong ? (
          <Textarea
            {...common}
            {...control}
            rows={4}
            className="font-mono text-xs"
            placeholder="-----BEGIN PRIVATE KEY-----"
            onChange={(event) => setTyped(event.target.value)}
          />
        ) : (
          <Input
            {...common}
            {...control}
            type="password"
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && save()}
          />
        )
      }
    </DraftFrame>
  )
}
