'use client'

import { useRouter } from 'next/navigation'
import { toast } from 'sonner'
import { TextAreaField, TextField } from '@/components/form/fields'
import { Form, SubmitButton } from '@/components/form/form'
import { NativeSelectField } from '@/components/form/native-select-field'
import { useActionForm } from '@/components/form/use-action-form'
import { Card } from '@/components/ui/card'
import { type PartnerSummary, UpdatePartnerInput } from '@/lib/partners/schema'
import { typeOptions } from '../../_components/partner-words'
import { updatePartnerAction } from '../../actions'

/** Who a partner is and whom to call. */
export function PartnerSettings({ partner, mayChange }: { partner: PartnerSummary; mayChange: boolean }) {
  const router = useRouter()
  const { id, name, type, contactName, email, phone, transferPhone, notes } = partner
  const form = useActionForm(
    UpdatePartnerInput,
    updatePartnerAction,
    { id, name, type, contactName, email, phone, transferPhone, notes },
    {
      onSuccess: () => {
        toast.success('Settings saved.')
        router.refresh()
      },
    },
  )
  return (
    <Card title="Settings">
      <Form form={form}>
        <fieldset disabled={!mayChange} className="flex min-w-0 flex-col gap-4">
          <TextField name="name" label="Name" autoComplete="off" />
          <NativeSelectField name="type" label="Type" options={typeOptions} disabled={!mayChange} />
          <TextField name="contactName" label="Contact" optional autoComplete="off" />
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField name="email" label="Email" type="email" inputMode="email" optional autoComplete="off" />
            <TextField name="phone" label="Phone" type="tel" optional autoComplete="off" />
          </div>
          <TextField
            name="transferPhone"
            label="Transfer phone"
            type="tel"
            optional
            autoComplete="off"
            hint="Where calls are put through to."
          />
          <TextAreaField name="notes" label="Notes" optional rows={3} hint="For your team only." />
          {mayChange && (
            <div>
              <SubmitButton>Save settings</SubmitButton>
            </div>
          )}
        </fieldset>
      </Form>
    </Card>
  )
}
