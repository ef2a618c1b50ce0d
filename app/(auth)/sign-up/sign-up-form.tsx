'use client'

import { TextField } from '@/components/form/fields'
import { Form, SubmitButton } from '@/components/form/form'
import { useActionForm } from '@/components/form/use-action-form'
import { SignUpInput } from '@/lib/accounts/schema'
import { enter, leaveFor } from '../enter'
import { signUpAction } from './actions'

async function signUpAndEnter(values: SignUpInput) {
  const made = await signUpAction(values)
  return made.ok ? enter(values.email, values.password) : made
}

export function SignUpForm({ next }: { next: string }) {
  const defaults = { company: '', name: '', email: '', password: '' }
  const form = useActionForm(SignUpInput, signUpAndEnter, defaults, { onSuccess: () => leaveFor(next) })
  return (
    <Form form={form}>
      <TextField name="company" label="Company" autoComplete="organization" autoFocus />
      <TextField name="name" label="Your name" autoComplete="name" />
      <TextField name="email" label="Work email" type="email" autoComplete="username" inputMode="email" />
      <TextField
        name="password"
        label="Password"
        type="password"
        autoComplete="new-password"
        hint="8 characters or more. A sentence is easier to keep than a puzzle."
      />
      <SubmitButton className="mt-2">Create account</SubmitButton>
    </Form>
  )
}
