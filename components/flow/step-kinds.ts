import { Building2, CopyCheck, Filter, type LucideIcon, PencilLine, Search, ShieldBan, Split } from 'lucide-react'
import type { Step } from '@/lib/engine/schema'

export type StepKind = Step['type']
type Look = { label: string; words: string; icon: LucideIcon; example: string; add: string }

/** How each kind of step looks and what it is for, in the order in which they are offered. */
export const stepKinds: Record<StepKind, Look> = {
  buyer: {
    label: 'Buyer',
    words: 'Delivers the lead to one buyer',
    icon: Building2,
    example: 'Premium Insurance Buyer',
    add: 'Add buyer step',
  },
  filter: {
    label: 'Filter',
    words: 'Stops leads that should go no further',
    icon: Filter,
    example: 'Adults only',
    add: 'Add filter',
  },
  distribution: {
    label: 'Distribution',
    words: 'Sells each lead to the right one of several buyers',
    icon: Split,
    example: 'Auction',
    add: 'Add distribution',
  },
  duplicate_check: {
    label: 'Duplicate check',
    words: 'Finds people who came before',
    icon: CopyCheck,
    example: 'Not twice in 30 days',
    add: 'Add duplicate check',
  },
  suppression: {
    label: 'Suppression list',
    words: 'Looks the lead up on a list of yours',
    icon: ShieldBan,
    example: 'Do not call',
    add: 'Add suppression step',
  },
  lookup: {
    label: 'Look-up',
    words: 'Asks a service by HTTP and keeps what it answers',
    icon: Search,
    example: 'Phone check',
    add: 'Add look-up',
  },
  mapping: {
    label: 'Set fields',
    words: 'Writes or tidies fields of the lead',
    icon: PencilLine,
    example: 'Tidy the state',
    add: 'Add step',
  },
}
