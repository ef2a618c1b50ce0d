'use client'

import type { ParserType, ResponseSpec } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { DraftText } from '../flow/draft-field'
import { problemsAt } from '../flow/problem-notes'
import { typedValue } from './answer-words'

type Parser = NonNullable<ResponseSpec['parser']>
type PathKey = Exclude<keyof Parser, 'type'>

export type Side = 'seller' | 'buyer' | 'lookup' | 'ping'

type Place = { key: PathKey; label: string; placeholder: string; hint: string }

/** The same places, asked of a seller about a service, its buyer's bids and its deliveries, and of a buyer about itself. */
const places: Record<Side, Place[]> = {
  // A service that is asked pays nothing, and has no lead of its own.
  lookup: [
    {
      key: 'success_path',
      label: 'A success when the answer’s',
      placeholder: 'status',
      hint: 'Where it says yes or no. Empty: the code alone decides.',
    },
    {
      key: 'success_value',
      label: 'is',
      placeholder: 'ok',
      hint: 'Empty: any value that is not blank or false.',
    },
    {
      key: 'reason_path',
      label: 'Reason at',
      placeholder: 'message',
      hint: 'Why it failed, in the words of the service.',
    },
  ],
  ping: [
    {
      key: 'success_path',
      label: 'Bids when the answer’s',
      placeholder: 'status',
      hint: 'Where it says yes or no. Empty: the code alone decides.',
    },
    {
      key: 'success_value',
      label: 'is',
      placeholder: 'accepted',
      hint: 'Empty: any value that is not blank or false.',
    },
    {
      key: 'price_path',
      label: 'Bid at',
      placeholder: 'price',
      hint: 'What the buyer pays if it gets the lead. Empty: the step’s price.',
    },
    {
      key: 'id_path',
      label: 'Reference at',
      placeholder: 'ping_id',
      hint: 'Stands in the delivery as {{ping.id}}.',
    },
    {
      key: 'reason_path',
      label: 'Reason at',
      placeholder: 'reason',
      hint: 'Why it does not bid, in the buyer’s words.',
    },
  ],
  seller: [
    {
      key: 'success_path',
      label: 'Accepted when the answer’s',
      placeholder: 'status',
      hint: 'Where it says yes or no. Empty: the code alone decides.',
    },
    {
      key: 'success_value',
      label: 'is',
      placeholder: 'accepted',
      hint: 'Empty: any value that is not blank or false.',
    },
    { key: 'id_path', label: 'Buyer’s lead ID at', placeholder: 'lead_id', hint: 'To find the lead at the buyer.' },
    {
      key: 'price_path',
      label: 'Price at',
      placeholder: 'payout',
      hint: 'What the buyer pays, when its answer says so.',
    },
    {
      key: 'reason_path',
      label: 'Reason at',
      placeholder: 'rejection_reason',
      hint: 'Why it was refused, in the buyer’s words.',
    },
    {
      key: 'duplicate_path',
      label: 'Duplicate when the answer’s',
      placeholder: 'code',
      hint: 'Where it says that the buyer has the lead already.',
    },
    { key: 'duplicate_value', label: 'says', placeholder: 'DUP', hint: 'Empty: any value that is not blank or false.' },
  ],
  buyer: [
    {
      key: 'success_path',
      label: 'Where your answer says yes or no',
      placeholder: 'status',
      hint: 'Empty: the code alone decides.',
    },
    {
      key: 'success_value',
      label: 'What it says for yes',
      placeholder: 'accepted',
      hint: 'Any other value counts as rejected. Empty: anything but false, 0 or nothing is a yes.',
    },
    {
      key: 'id_path',
      label: 'Where your own lead number is',
      placeholder: 'lead_id',
      hint: 'Kept with the lead, so that you and the seller can speak of the same one.',
    },
    { key: 'reason_path', label: 'Where the reason for a no is', placeholder: 'reason', hint: 'The seller sees it.' },
    {
      key: 'price_path',
      label: 'Where the price is',
      placeholder: 'price',
      hint: 'Only if your system names one. Otherwise the price agreed with the seller holds.',
    },
    {
      key: 'duplicate_path',
      label: 'Where your answer says that you have the lead already',
      placeholder: 'code',
      hint: 'Counted as a duplicate, apart from other refusals.',
    },
    { key: 'duplicate_value', label: 'What it says then', placeholder: 'DUP', hint: 'Empty: anything but a no.' },
  ],
}

/** What stands for a path in a field that is empty. */
export const placeholderOf = (kind: ParserType, name: string): string =>
  ({ json: name, xml: `//${name}`, html: `#${name}`, text: '0', regex: `${name}=(\\w+)` })[kind]

/** A path and its value stand side by side, and belong together. */
const opensPair = (key: PathKey) => key === 'success_path' || key === 'duplicate_path'
const isOfPair = (key: PathKey) => opensPair(key) || isValue(key)

const isValue = (key: PathKey): key is 'success_value' | 'duplicate_value' => key.endsWith('_value')

type ItemFieldsProps = Omit<PathFieldsProps, 'side'>

const itemPlaces = [
  {
    key: 'items_path',
    label: 'List of the items at',
    placeholder: 'results',
    hint: '$ where the answer itself is the list.',
  },
  {
    key: 'item_event_path',
    label: 'Event ID in an item at',
    placeholder: 'event_id',
    hint: 'As it was sent. Empty: the items stand in the order of the leads.',
  },
] as const

/** Where the answer to a batch says of each lead what became of it. */
export function ItemFields({ parser, onChange, path, problems }: ItemFieldsProps) {
  return (
    <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
      {itemPlaces.map(({ key, ...words }) => (
        <DraftText
          key={key}
          {...words}
          mono
          optional
          value={parser[key] ?? ''}
          maxLength={500}
          autoComplete="off"
          spellCheck={false}
          onChange={(text) => {
            const { [key]: _, ...rest } = parser
            onChange(text.trim() === '' ? rest : { ...rest, [key]: text.trim() })
          }}
          problems={problemsAt(problems, `${path}.${key}`)}
        />
      ))}
    </div>
  )
}

type PathFieldsProps = {
  side: Side
  parser: Parser
  onChange: (parser: Parser) => void
  path: string
  problems: readonly Problem[]
}

/** Where in the answer what stands. */
export function PathFields({ side, parser, onChange, path, problems }: PathFieldsProps) {
  function set(key: PathKey, text: string) {
    const { [key]: _, ...rest } = parser
    onChange(text === '' ? rest : { ...rest, [key]: isValue(key) ? typedValue(text) : text })
  }
  return (
    <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
      {places[side].map(({ key, label, placeholder, hint }) => (
        <DraftText
          key={key}
          label={label}
          optional={!isOfPair(key)}
          className={opensPair(key) ? 'sm:col-start-1' : ''}
          mono
          placeholder={isValue(key) ? placeholder : placeholderOf(parser.type, placeholder)}
          value={parser[key] === undefined ? '' : String(parser[key])}
          maxLength={isValue(key) ? 200 : 500}
          autoComplete="off"
          spellCheck={false}
          onChange={(text) => set(key, text.trim())}
          hint={hint}
          problems={problemsAt(problems, `${path}.${key}`)}
        />
      ))}
    </div>
  )
}
