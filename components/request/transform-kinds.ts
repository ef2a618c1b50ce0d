import { hashAlgorithms, phoneFormats, type Transform } from '@/lib/engine/schema'

export type TransformType = Transform['type']

type Base = { key: string; label: string; optional?: true; width?: 'wide' }
export type TransformField = Base &
  (
    | { kind: 'text' | 'template'; placeholder?: string }
    | { kind: 'number' }
    | { kind: 'flag' }
    | { kind: 'choice'; options: readonly { value: string; label: string }[] }
    | { kind: 'table' }
  )

type TransformKind = { label: string; group: string; fresh: Transform; fields: readonly TransformField[] }

const choices = (values: readonly string[], words: Record<string, string> = {}) =>
  values.map((value) => ({ value, label: words[value] ?? value }))

const phoneWords = {
  digits: '5127891111',
  e164: '+15127891111',
  national: '(512) 789-1111',
  international: '+1 512 789 1111',
  dashes: '512-789-1111',
  dots: '512.789.1111',
  rfc3966: 'tel:+1-512-789-1111',
}

/** Every change of a value: what it is called, what a new one says, and what may be set. */
export const transformKinds: Record<TransformType, TransformKind> = {
  date: {
    label: 'Date format',
    group: 'Dates',
    fresh: { type: 'date', format: '%m/%d/%Y' },
    fields: [
      { key: 'format', label: 'Format', kind: 'text', placeholder: '%m/%d/%Y' },
      { key: 'time_zone', label: 'Time zone', kind: 'text', optional: true, placeholder: 'America/New_York' },
    ],
  },
  add_days: {
    label: 'Add days',
    group: 'Dates',
    fresh: { type: 'add_days', days: 1 },
    fields: [{ key: 'days', label: 'Days', kind: 'number' }],
  },
  phone: {
    label: 'Phone format',
    group: 'Text',
    fresh: { type: 'phone', format: 'e164' },
    fields: [{ key: 'format', label: 'Format', kind: 'choice', options: choices(phoneFormats, phoneWords) }],
  },
  case: {
    label: 'Letter case',
    group: 'Text',
    fresh: { type: 'case', to: 'upper' },
    fields: [
      {
        key: 'to',
        label: 'To',
        kind: 'choice',
        options: choices(['upper', 'lower', 'title', 'sentence'], {
          upper: 'UPPER CASE',
          lower: 'lower case',
          title: 'Title Case',
          sentence: 'Sentence case',
        }),
      },
    ],
  },
  trim: { label: 'Trim spaces', group: 'Text', fresh: { type: 'trim' }, fields: [] },
  ascii: { label: 'Plain letters (É → E)', group: 'Text', fresh: { type: 'ascii' }, fields: [] },
  digits: { label: 'Digits only', group: 'Text', fresh: { type: 'digits' }, fields: [] },
  text: { label: 'As text', group: 'Text', fresh: { type: 'text' }, fields: [] },
  lookup: {
    label: 'Look-up table',
    group: 'Values',
    fresh: { type: 'lookup', table: { '': '' } },
    fields: [
      { key: 'table', label: 'Table', kind: 'table', width: 'wide' },
      { key: 'otherwise', label: 'Otherwise', kind: 'text', optional: true, placeholder: 'stays as it is' },
    ],
  },
  boolean: {
    label: 'Yes or no as words',
    group: 'Values',
    fresh: { type: 'boolean', yes: 'Y', no: 'N' },
    fields: [
      { key: 'yes', label: 'Yes', kind: 'text' },
      { key: 'no', label: 'No', kind: 'text' },
    ],
  },
  default: {
    label: 'When empty',
    group: 'Values',
    fresh: { type: 'default', value: '' },
    fields: [{ key: 'value', label: 'Send', kind: 'text' }],
  },
  number: {
    label: 'Number format',
    group: 'Numbers',
    fresh: { type: 'number', decimals: 2 },
    fields: [
      { key: 'decimals', label: 'Decimals', kind: 'number', optional: true },
      { key: 'thousands', label: 'Thousands', kind: 'text', optional: true, placeholder: ',' },
      { key: 'decimal_mark', label: 'Decimal mark', kind: 'text', optional: true, placeholder: '.' },
    ],
  },
  round: {
    label: 'Round',
    group: 'Numbers',
    fresh: { type: 'round', places: 0 },
    fields: [{ key: 'places', label: 'Places', kind: 'number', optional: true }],
  },
  math: {
    label: 'Reckon',
    group: 'Numbers',
    fresh: { type: 'math', operator: 'times', by: 100 },
    fields: [
      {
        key: 'operator',
        label: 'Operation',
        kind: 'choice',
        options: choices(['plus', 'minus', 'times', 'divided_by'], { divided_by: 'divided by' }),
      },
      { key: 'by', label: 'By', kind: 'number' },
    ],
  },
  hash: {
    label: 'Hash',
    group: 'Privacy',
    fresh: { type: 'hash', algorithm: 'sha256' },
    fields: [
      { key: 'algorithm', label: 'Algorithm', kind: 'choice', options: choices(hashAlgorithms) },
      { key: 'salt', label: 'Salt', kind: 'template', optional: true, placeholder: '{{secret.SALT}}' },
      {
        key: 'salt_position',
        label: 'Salt goes',
        kind: 'choice',
        options: choices(['before', 'after'], { before: 'before the value', after: 'after the value' }),
      },
      { key: 'encoding', label: 'As', kind: 'choice', options: choices(['hex', 'base64']) },
    ],
  },
  mask: {
    label: 'Mask',
    group: 'Privacy',
    fresh: { type: 'mask', keep: 4 },
    fields: [{ key: 'keep', label: 'Show the last', kind: 'number', optional: true }],
  },
  replace: {
    label: 'Replace',
    group: 'Text',
    fresh: { type: 'replace', search: '-', with: '' },
    fields: [
      { key: 'search', label: 'Find', kind: 'text' },
      { key: 'with', label: 'Replace with', kind: 'text' },
      { key: 'pattern', label: 'Is a pattern', kind: 'flag' },
    ],
  },
  extract: {
    label: 'Extract by pattern',
    group: 'Text',
    fresh: { type: 'extract', pattern: '(\\d+)' },
    fields: [{ key: 'pattern', label: 'Pattern', kind: 'text', width: 'wide' }],
  },
  substring: {
    label: 'Part of the text',
    group: 'Text',
    fresh: { type: 'substring', start: 1, length: 5 },
    fields: [
      { key: 'start', label: 'From character', kind: 'number' },
      { key: 'length', label: 'Length', kind: 'number', optional: true },
    ],
  },
  prepend: {
    label: 'Put before',
    group: 'Text',
    fresh: { type: 'prepend', text: '' },
    fields: [{ key: 'text', label: 'Text', kind: 'text' }],
  },
  append: {
    label: 'Put after',
    group: 'Text',
    fresh: { type: 'append', text: '' },
    fields: [{ key: 'text', label: 'Text', kind: 'text' }],
  },
  split: {
    label: 'Split into a list',
    group: 'Lists',
    fresh: { type: 'split', separator: ',' },
    fields: [{ key: 'separator', label: 'At', kind: 'text' }],
  },
  join: {
    label: 'Join a list',
    group: 'Lists',
    fresh: { type: 'join', separator: ', ' },
    fields: [{ key: 'separator', label: 'With', kind: 'text' }],
  },
}

/** A change in a few words, for a line that is closed. */
export const transformWords = ({ type }: Transform): string => transformKinds[type].label
