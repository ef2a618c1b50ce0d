'use client'

import { RevealSecret } from '../endpoint/reveal-secret'
import type { ActionResult } from '../form/use-action-form'

export type RevealNamedVerb = (input: { name: string; password: string }) => Promise<ActionResult<{ value: string }>>

/** Shows a named secret to an admin who gives the password again. */
export function RevealNamed({ name, reveal }: { name: string; reveal: RevealNamedVerb }) {
  async function show({ password }: { password: string }): Promise<ActionResult<string>> {
    const result = await reveal({ name, password })
    return result.ok ? { ok: true, value: result.value.value } : result
  }
  return <RevealSecret secret={name} label={name} reveal={show} isSmall />
}
