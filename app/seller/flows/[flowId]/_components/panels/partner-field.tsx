'use client'

import { ArrowUpRight, Plus } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { NewPartnerContent } from '@/app/seller/partners/_components/new-partner'
import { DraftFrame } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { Button } from '@/components/ui/button'
import { Dialog, DialogTrigger } from '@/components/ui/dialog'
import { NativeSelect } from '@/components/ui/native-select'
import type { BuyerStep } from '@/lib/engine/schema'
import { isSoldTo } from '@/lib/partners/schema'
import { useEditor } from '../editor-context'
import type { StepChangeProps } from './step-tab'

type PartnerFieldProps = Pick<StepChangeProps, 'step' | 'path' | 'problems' | 'change'>

const withPartner = ({ partner_id: _, ...step }: BuyerStep, id: string): BuyerStep =>
  id === '' ? step : { ...step, partner_id: id }

/** Whose step it is: that partner's limits and schedule count here too. */
export function PartnerField({ step, path, problems, change }: PartnerFieldProps) {
  const { view, reload } = useEditor()
  const [isMaking, setMaking] = useState(false)
  const chosen = step.partner_id ?? ''
  const partners = view.partners.filter(({ id, type }) => isSoldTo(type) || id === chosen)
  const isKnown = partners.some(({ id }) => id === chosen)
  const choose = (id: string) => change((is) => withPartner(is, id))
  return (
    <div className="flex max-w-xl flex-wrap items-end gap-2">
      <DraftFrame
        label="Partner"
        optional
        className="flex-1 basis-56"
        hint="Its limits, schedule and pause count here too."
        problems={problemsAt(problems, `${path}.partner_id`)}
      >
        {(control) => (
          <NativeSelect {...control} value={chosen} onChange={(event) => choose(event.target.value)}>
            <option value="">No partner</option>
            {chosen !== '' && !isKnown && <option value={chosen}>A partner that is gone</option>}
            {partners.map(({ id, name, status }) => (
              <option key={id} value={id}>
                {status === 'paused' ? `${name}, paused` : name}
              </option>
            ))}
          </NativeSelect>
        )}
      </DraftFrame>
      {isKnown ? (
        <Button asChild className="mb-5.5">
          <Link href={`/seller/partners/${chosen}`}>
            Open partner
            <ArrowUpRight className="size-3.5" />
          </Link>
        </Button>
      ) : (
        <Dialog open={isMaking} onOpenChange={setMaking}>
          <DialogTrigger asChild>
            <Button className="mb-5.5">
              <Plus />
              New partner
            </Button>
          </DialogTrigger>
          <NewPartnerContent
            type="partner"
            onMade={async ({ id }) => {
              setMaking(false)
              await reload()
              choose(id)
            }}
          />
        </Dialog>
      )}
    </div>
  )
}
