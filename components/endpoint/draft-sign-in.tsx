'use client'

import { useState } from 'react'
import { Endpoint, secretsIn } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { SignInEditor } from './sign-in-editor'
import type { SignInTools } from './sign-in-tools'

type Parts = Pick<Endpoint, 'auth' | 'signing' | 'client_certificate' | 'headers'>

/** True for what can be saved: of the right shape, and no secret still to be given. */
const isWhole = (endpoint: Endpoint): boolean =>
  Endpoint.safeParse(endpoint).success && secretsIn(Endpoint, endpoint).every(({ value }) => value !== '')

/** `undefined` takes a part away. */
function withParts(endpoint: Endpoint, parts: Partial<Endpoint>): Endpoint {
  const merged = { ...endpoint, ...parts }
  return Object.fromEntries(Object.entries(merged).filter(([, part]) => part !== undefined)) as Endpoint
}

type DraftSignInProps = {
  endpoint: Endpoint
  /** Hears only of whole parts. */
  onChange: (endpoint: Endpoint) => void
  tools: SignInTools
  problems: readonly Problem[]
  revision: number
}

/** The sign-in editor of a draft that saves itself: what is half typed stays here until it is whole. */
export function DraftSignIn({ endpoint, onChange, tools, problems, revision }: DraftSignInProps) {
  const [under, setUnder] = useState<Partial<Parts>>({})
  const half = Object.keys(under) as (keyof Parts)[]
  function change(part: Partial<Endpoint>) {
    const key = Object.keys(part)[0] as keyof Parts
    const { [key]: _, ...others } = under
    const next = withParts(endpoint, part)
    const isReady = isWhole(next)
    setUnder(isReady ? others : { ...others, ...part })
    if (isReady) onChange(next)
  }
  const unsaved: Problem[] = half.map((path) => ({
    severity: 'warning',
    path,
    message: 'Fill this in; it is saved when it is complete.',
  }))
  return (
    <SignInEditor
      endpoint={withParts(endpoint, under)}
      onChange={change}
      tools={tools}
      problems={[...problems, ...unsaved]}
      revision={revision}
    />
  )
}
