import { displayValue, maskedTypes } from '../fields/index'
import type { Scope } from '../names/scope'
import type { FieldValue, TypedLead } from '../types'

const masked = (value: FieldValue): FieldValue => {
  const shown = displayValue(value)
  return { type: value.type, raw: shown, normal: shown, valid: value.valid }
}

/**
 * What a mail may see of a lead: mail lies readable in mailboxes and on the way, so values of masked types are the
 * stars that a page shows too, whatever a template does with them.
 */
export function mailScope(scope: Scope): Scope {
  let lead: TypedLead | undefined
  for (const name in scope.run.lead) {
    const value = scope.run.lead[name]
    if (!value || !maskedTypes.has(value.type)) continue
    lead ??= Object.assign(Object.create(null) as TypedLead, scope.run.lead)
    lead[name] = masked(value)
  }
  return lead ? { ...scope, run: { ...scope.run, lead } } : scope
}
