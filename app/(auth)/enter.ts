'use client'

import { signIn } from 'next-auth/react'
import type { ActionResult } from '@/components/form/use-action-form'
import { err, ok } from '@/lib/result'

const wrong = 'That email and password do not go together. Check both.'

/** Signs in with email and password. What was refused comes back in words. */
export async function enter(email: string, password: string): Promise<ActionResult<undefined>> {
  const answer = await signIn('credentials', { email, password, redirect: false })
  if (answer?.ok && !answer.error) return ok(undefined)
  const message = !answer?.error || answer.error === 'CredentialsSignin' ? wrong : answer.error
  return err({ kind: 'unauthenticated', message })
}

/** Loads `path` afresh, so that nothing of the person before stays in memory; done when the browser comes back here. */
export function leaveFor(path: string): Promise<void> {
  window.location.assign(path)
  return new Promise((resolve) => {
    window.addEventListener('pageshow', () => resolve(), { once: true })
  })
}
