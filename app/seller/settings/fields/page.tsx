import type { Metadata } from 'next'
import Link from 'next/link'
import { SettingsFrame } from '@/components/settings/settings-frame'
import { hasRole } from '@/lib/actor'
import { requireSeller } from '@/lib/auth'
import { listCustomFields } from '@/lib/fields'
import { CustomFieldTable } from './_components/custom-field-table'
import { FieldDialog } from './_components/field-dialog'

export const metadata: Metadata = { title: 'Fields' }

export default async function FieldSettings() {
  const actor = await requireSeller()
  const mayChange = hasRole(actor, 'member')
  return (
    <SettingsFrame side="seller" tab="fields" actions={mayChange && <FieldDialog />}>
      <p className="max-w-2xl text-secondary text-sm">
        Fields of your own, offered in every flow beside the{' '}
        <Link href="/docs/fields" className="text-accent-text underline underline-offset-2">
          standard fields
        </Link>
        . A flow that uses one keeps its name and type, whatever changes here.
      </p>
      <CustomFieldTable fields={await listCustomFields(actor)} mayChange={mayChange} />
    </SettingsFrame>
  )
}
