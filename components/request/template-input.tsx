'use client'

import { useRef } from 'react'
import { TemplatePicker } from '../flow/template-picker'
import type { VariableChoice } from '../flow/variable-picker'
import { Input, type InputProps } from '../ui/input'

type TemplateInputProps = Omit<InputProps, 'value' | 'onChange' | 'ref'> & {
  value: string
  /** `picked` is the variable that was just put in. */
  onChange: (text: string, picked?: string) => void
  variables: readonly VariableChoice[]
  /** Names the button that opens the picker. */
  pickerLabel: string
}

/** One line of text with variables in braces and filters behind them, put in where the cursor stands. */
export function TemplateInput({ value, onChange, variables, pickerLabel, ...input }: TemplateInputProps) {
  const box = useRef<HTMLInputElement>(null)
  return (
    <Input
      mono
      ref={box}
      maxLength={4000}
      autoComplete="off"
      spellCheck={false}
      {...input}
      value={value}
      className="pr-9"
      onChange={(event) => onChange(event.target.value)}
      suffix={<TemplatePicker variables={variables} text={value} box={box} onChange={onChange} label={pickerLabel} />}
    />
  )
}
