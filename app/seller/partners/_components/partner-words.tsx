import { StatusBadge } from '@/components/ui/badge'
import type { PartnerStatus, PartnerType } from '@/lib/partners/schema'

export const typeWords: Record<PartnerType, string> = {
  partner: 'Partner',
  introducer: 'Introducer',
  both: 'Partner and introducer',
}

export const typeOptions = [
  { value: 'partner', label: 'Partner: you sell leads to it' },
  { value: 'introducer', label: 'Introducer: you buy leads from it' },
  { value: 'both', label: 'Both: leads go both ways' },
] satisfies { value: PartnerType; label: string }[]

export const PartnerState = ({ status }: { status: PartnerStatus }) => (
  <StatusBadge status={status}>{status === 'paused' ? 'Paused' : 'Active'}</StatusBadge>
)
