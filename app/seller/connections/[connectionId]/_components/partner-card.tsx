'use client'

import { ArrowUpRight } from 'lucide-react'
import Link from 'next/link'
import { useId } from 'react'
import { useVerb } from '@/components/form/use-verb'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Label } from '@/components/ui/label'
import { NativeSelect } from '@/components/ui/native-select'
import type { PartnerName } from '@/lib/partners/schema'
import { setPartnerAction } from '../../actions'

type PartnerCardProps = {
  /** The connection. */
  id: string
  record: PartnerName | null
  /** Whom the account sells to. */
  partners: readonly PartnerName[]
  mayChange: boolean
}

/** Which partner the buyer is: changed at once, and back again. */
export function PartnerCard({ id, record, partners, mayChange }: PartnerCardProps) {
  const control = useId()
  const { act, isPending } = useVerb()
  const set = (partnerId: string | null, isUndo = false) =>
    act(() => setPartnerAction({ id, partnerId }), {
      done:
        partnerId === null ? 'It counts for no partner now.' : 'Its leads count for this partner from the next one on.',
      ...(!isUndo && { undo: () => set(record?.id ?? null, true) }),
    })
  return (
    <Card
      title="Partner"
      description="Your record of this buyer: its limits and schedule count here too"
      actions={
        record && (
          <Button size="sm" asChild>
            <Link href={`/seller/partners/${record.id}`}>
              Open partner
              <ArrowUpRight className="size-3.5" />
            </Link>
          </Button>
        )
      }
    >
      <Label htmlFor={control} className="sr-only">
        Partner
      </Label>
      <NativeSelect
        id={control}
        disabled={!mayChange || isPending}
        value={record?.id ?? ''}
        onChange={(event) => set(event.target.value || null)}
      >
        <option value="">No partner</option>
        {partners.map(({ id: partnerId, name, status }) => (
          <option key={partnerId} value={partnerId}>
            {status === 'paused' ? `${name}, paused` : name}
          </option>
        ))}
      </NativeSelect>
    </Card>
  )
}
