'use client'

import { useRouter } from 'next/navigation'
import { toast } from 'sonner'
import { TextField } from '@/components/form/fields'
import { Form, SubmitButton } from '@/components/form/form'
import { NativeSelectField } from '@/components/form/native-select-field'
import { useActionForm } from '@/components/form/use-action-form'
import { Card } from '@/components/ui/card'
import { AccountInput } from '@/lib/accounts/schema'
import { updateAccountAction } from './actions'
import { zonesWith } from './zones'

/** What the account is called and where its day begins. */
export function AccountForm({ account, mayChange }: { account: AccountInput; mayChange: boolean }) {
  const router = useRouter()
  const form = useActionForm(AccountInput, updateAccountAction, account, {
    onSuccess: () => {
      toast.success('Saved.')
      router.refresh()
    },
  })
  return (
    <Card title="Account" className="max-w-xl">
      <Form form={form}>
        <TextField
          name="name"
          label="Company"
          hint="Sellers and buyers that you connect with see this name."
          autoComplete="organization"
          disabled={!mayChange}
        />
        <NativeSelectField
          name="timeZone"
          label="Time zone"
          hint="Times on pages are shown in it, and each day begins in it."
          options={zonesWith(account.timeZone)}
          disabled={!mayChange}
        />
        {mayChange ? (
          <SubmitButton className="self-start">Save</SubmitButton>
        ) : (
          <p className="text-sm text-tertiary">Only an admin or the owner can change these.</p>
        )}
      </Form>
    </Card>
  )
}
