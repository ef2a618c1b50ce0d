'use client'

import { useRef } from 'react'
import { type VariableChoice, VariablePicker } from '../flow/variable-picker'
import { Input, type InputProps } from '../ui/input'

type TemplateInputProps = Omit<InputProps, 'value' | 'onChange' | 'ref'> & {
  value: string
  /** `picked` is the variable that was just put in. */
  onChange: (text: string, picked?: string) => void
  variables: readonly VariableChoice[]
  /** Names the button that opens the picker. */
  pickerLabel: string
}

/** One line of text with variables in braces, put in where the cursor stands. */
export function TemplateInput({ value, onChange, variables, pickerLabel, ...input }: TemplateInputProps) {
  const box = useRef<HTMLInputElement>(null)
  function insert(path: string) {
    const at = box.current?.selectionStart ?? value.length
    onChange(`${value.slice(0, at)}{{${path}}}${value.slice(at)}`, path)
  }
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
      suffix={<VariablePicker variables={variables} onPick={insert} label={pickerLabel} />}
    />
  )
}
