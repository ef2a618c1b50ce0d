import type { Filter } from '../table/filters'
import { periods } from './period'

export type Choice = { value: string; label: string }

export const periodFilter: Filter = {
  kind: 'select',
  name: 'period',
  label: 'Period',
  options: periods.map(({ value, label }) => ({ value, label })),
}

export const testFilter: Filter = {
  kind: 'select',
  name: 'is_test',
  label: 'Tests',
  options: [
    { value: 'false', label: 'Without tests' },
    { value: 'true', label: 'Only tests' },
  ],
}

export const searchFilter: Filter = { kind: 'search', name: 'q', label: 'Search', placeholder: 'Email, phone or ID' }

/** A select of one's own things; left out while there is nothing to choose. */
export const choiceFilter = (name: string, label: string, options: readonly Choice[]): Filter[] =>
  options.length > 0 ? [{ kind: 'select', name, label, options }] : []
