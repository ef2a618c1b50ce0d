'use client'

import { useState } from 'react'
import type { Problem } from '@/lib/engine/types'
import { DraftFrame } from '../flow/draft-field'
import { Input } from '../ui/input'

const listOf = (text: string) =>
  text
    .split(/[,;\s]+/)
    .map((address) => address.trim())
    .filter(Boolean)

type AddressFieldProps = {
  label: string
  hint?: string
  optional?: boolean
  addresses: readonly string[]
  problems: readonly Problem[]
  onChange: (addresses: string[]) => void
}

/** Several addresses on one line, with commas or spaces between them. */
export function AddressField({ label, hint, optional, addresses, problems, onChange }: AddressFieldProps) {
  /** What is typed, until the field is left: a comma that was just typed is not taken away. */
  const [typed, setTyped] = useState<string>()
  return (
    <DraftFrame label={label} problems={problems} {...(hint && { hint })} {...(optional && { optional })}>
      {(control) => (
        <Input
          {...control}
          inputMode="email"
          autoComplete="off"
          placeholder="leads@buyer.com, night@buyer.com"
          value={typed ?? addresses.join(', ')}
          onChange={(event) => {
            setTyped(event.target.value)
            onChange(listOf(event.target.value))
          }}
          onBlur={() => setTyped(undefined)}
        />
      )}
    </DraftFrame>
  )
}
