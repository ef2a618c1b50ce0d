'use client'

import type { ReactNode } from 'react'
import type { Problem } from '@/lib/engine/types'
import { TemplateInput } from '../request/template-input'
import { DraftFrame } from './draft-field'
import type { VariableChoice } from './variable-picker'

type DraftTemplateProps = {
  label: string
  hint?: ReactNode
  optional?: boolean
  value: string
  onChange: (text: string) => void
  variables: readonly VariableChoice[]
  maxLength: number
  placeholder?: string
  problems?: readonly Problem[]
  className?: string
}

/** A sentence of a draft in which variables may stand. */
export function DraftTemplate({ value, onChange, variables, maxLength, placeholder, ...frame }: DraftTemplateProps) {
  return (
    <DraftFrame {...frame}>
      {(control) => (
        <TemplateInput
          {...control}
          mono={false}
          value={value}
          maxLength={maxLength}
          placeholder={placeholder}
          variables={variables}
          pickerLabel="Insert a variable"
          onChange={(text) => onChange(text)}
        />
      )}
    </DraftFrame>
  )
}
