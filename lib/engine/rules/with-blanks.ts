import type { Scope } from '../names/scope'
import type { Comparison } from '../types'
import type { Condition } from './conditions'

/** The values of a comparison are noted as null where they are blank, and not at all where they are masked. */
const isOpen = ({ left, right }: Comparison) => left === null || right === null

function comparisonIn(condition: Condition, scope: Scope): Comparison[] {
  const made: Comparison[] = []
  condition.explain(scope, made)
  return made
}

/** Whether a rule can still be met once the fields that are blank now are known. */
export function canBeMet(condition: Condition, scope: Scope): boolean {
  const { joined, parts } = condition
  if (joined && parts) {
    return joined === 'and' ? parts.every((part) => canBeMet(part, scope)) : parts.some((part) => canBeMet(part, scope))
  }
  return condition.test(scope) || comparisonIn(condition, scope).some(isOpen)
}

/** Whether a rule is met whatever the fields turn out to be that are blank now. */
export function isSurelyMet(condition: Condition, scope: Scope): boolean {
  const { joined, parts } = condition
  if (joined && parts) {
    return joined === 'and'
      ? parts.every((part) => isSurelyMet(part, scope))
      : parts.some((part) => isSurelyMet(part, scope))
  }
  return condition.test(scope) && !comparisonIn(condition, scope).some(isOpen)
}
