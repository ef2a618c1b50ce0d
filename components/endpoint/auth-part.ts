import type { Auth } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import type { SignInTools } from './sign-in-tools'

export type Kind<Type extends Auth['type']> = Extract<Auth, { type: Type }>

/** What the fields of one kind are given: problems' paths begin at the endpoint. */
export type AuthPartProps<Type extends Auth['type']> = {
  auth: Kind<Type>
  onChange: (auth: Auth) => void
  tools: SignInTools
  problems: readonly Problem[]
}
