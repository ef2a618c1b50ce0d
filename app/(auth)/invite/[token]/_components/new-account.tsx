'use client'

import Link from 'next/link'
import { TextField } from '@/components/form/fields'
import { Form, SubmitButton } from '@/components/form/form'
import { type ActionResult, useActionForm } from '@/components/form/use-action-form'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { AcceptAsNewAccountInput } from '@/lib/connections/schema'
import { enter, leaveFor } from '../../../enter'
import { acceptAsNewAccountAction } from '../actions'
import { Decline } from './decline'

type NewAccountProps = { token: string; seller: string; email: string }
type Values = { token: string; company: string; name: string; password: string }

/** For a visitor: an account made on the spot for the invited address, or the way to sign in and back. */
export function NewAccount({ token, seller, email }: NewAccountProps) {
  const signIn = `/sign-in?next=${encodeURIComponent(`/invite/${token}`)}&email=${encodeURIComponent(email)}`

  async function acceptAndEnter(values: Values): Promise<ActionResult<string>> {
    const accepted = await acceptAsNewAccountAction(values)
    if (!accepted.ok) return accepted
    const path = `/buyer/connections/${accepted.value.connectionId}`
    const entered = await enter(email, values.password)
    // Accepted all the same: signing in by hand leads there too.
    return {
      ok: true,
      value: entered.ok ? path : `/sign-in?next=${encodeURIComponent(path)}&email=${encodeURIComponent(email)}`,
    }
  }

  const form = useActionForm(
    AcceptAsNewAccountInput,
    acceptAndEnter,
    { token, company: '', name: '', password: '' },
    { onSuccess: leaveFor },
  )
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 className="font-semibold text-lg">Create an account to accept</h2>
        <p className="text-sm text-tertiary">
          Have one?{' '}
          <Link href={signIn} className="font-medium text-accent-text underline-offset-4 hover:underline">
            Sign in to accept
          </Link>
        </p>
      </div>
      <Form form={form}>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField name="company" label="Company" autoComplete="organization" />
          <TextField name="name" label="Your name" autoComplete="name" />
          <div className="flex min-w-0 flex-col gap-1.5">
            <Label htmlFor="invited-email">Email</Label>
            <Input
              id="invited-email"
              type="email"
              value={email}
              readOnly
              autoComplete="username"
              aria-describedby="invited-email-hint"
              className="bg-muted"
            />
            <p id="invited-email-hint" className="text-tertiary text-xs">
              The address that was invited.
            </p>
          </div>
          <TextField
            name="password"
            label="Password"
            type="password"
            autoComplete="new-password"
            hint="8 characters or more."
          />
        </div>
        <div className="mt-1 flex flex-wrap items-center gap-2">
          <SubmitButton size="lg">Create an account and accept</SubmitButton>
          <Decline token={token} seller={seller} />
        </div>
      </Form>
    </div>
  )
}
