'use client'

import { TextField } from '@/components/form/fields'
import { Form, SubmitButton } from '@/components/form/form'
import { useActionForm } from '@/components/form/use-action-form'
import { SignInInput } from '@/lib/accounts/schema'
import { enter, leaveFor } from '../enter'

export function SignInForm({ next, email }: { next: string; email: string }) {
  const form = useActionForm(
    SignInInput,
    (values) => enter(values.email, values.password),
    { email, password: '' },
    { onSuccess: () => leaveFor(next) },
  )
  return (
    <Form form={form}>
      <TextField name="email" label="Email" type="email" autoComplete="username" inputMode="email" autoFocus={!email} />
      <TextField
        name="password"
        label="Password"
        type="password"
        autoComplete="current-password"
        autoFocus={email !== ''}
      />
      <SubmitButton className="mt-2">Sign in</SubmitButton>
    </Form>
  )
}
