import type { VariableView } from '../editor-view'

/** Rules run before there is an attempt: they can't see its id, time or price. */
export const ruleVariables = (variables: readonly VariableView[]): VariableView[] =>
  variables.filter(({ group }) => group !== 'Event')
