import type { CircuitView } from '@/lib/breakers/schema'
import { StatusBadge } from '../ui/badge'
import { standingLooks } from './circuit-words'

/** A circuit that lets no lead pass, in a line. */
export const CircuitBadge = ({ circuit: { standing, words } }: { circuit: CircuitView }) => (
  <StatusBadge status={standingLooks[standing].status} className="max-w-full text-tertiary">
    <span className="truncate">{words}</span>
  </StatusBadge>
)
