'use client'

import { type ReactNode, useId } from 'react'
import type { Problem } from '@/lib/engine/types'
import { DraftFrame } from '../flow/draft-field'
import { NativeSelect } from '../ui/native-select'
import { RadioGroup } from '../ui/radio-group'

/** A buyer step that may stand in for another one. */
export type BuyerChoice = { id: string; name: string; isStandby: boolean }

type BuyerSelectProps = {
  label: string
  value: string | undefined
  onChange: (id: string) => void
  buyers: readonly BuyerChoice[]
  problems: readonly Problem[]
  className?: string
}

/** A buyer step of the flow, by its name. One that is gone stays until another one is chosen. */
export function BuyerSelect({ label, value, onChange, buyers, problems, className }: BuyerSelectProps) {
  const isGone = value && !buyers.some(({ id }) => id === value)
  return (
    <DraftFrame label={label} problems={problems} {...(className && { className })}>
      {(control) => (
        <NativeSelect {...control} value={value ?? ''} onChange={(event) => onChange(event.target.value)}>
          <option value="" disabled>
            Choose a buyer
          </option>
          {isGone && <option value={value}>{value}, which is gone</option>}
          {buyers.map(({ id, name, isStandby }) => (
            <option key={id} value={id}>
              {name}
              {isStandby && ' (standby)'}
            </option>
          ))}
        </NativeSelect>
      )}
    </DraftFrame>
  )
}

type Action = { value: string; label: string; hint: ReactNode }

type StandInProps = {
  label: string
  actions: readonly Action[]
  action: string
  onAction: (action: string) => void
  /** The action that needs somebody who stands in. */
  named: string
  buyerLabel: string
  buyer: string | undefined
  onBuyer: (id: string) => void
  buyers: readonly BuyerChoice[]
  /** Problems of the buyer. */
  problems: readonly Problem[]
}

/** What becomes of a lead that a buyer does not take, and who stands in for it. */
export function StandIn(props: StandInProps) {
  const { label, actions, action, onAction, named, buyerLabel, buyer, onBuyer, buyers, problems } = props
  const id = useId()
  return (
    <div className="flex flex-col gap-3">
      <p id={id} className="font-medium text-sm">
        {label}
      </p>
      <RadioGroup
        aria-labelledby={id}
        columns={actions.length === 3 ? 3 : 2}
        options={actions}
        value={action}
        onValueChange={onAction}
      />
      {action === named && (
        <BuyerSelect
          className="max-w-72"
          {...{ label: buyerLabel, value: buyer, onChange: onBuyer, buyers, problems }}
        />
      )}
    </div>
  )
}
