'use server'

import { signUp } from '@/lib/accounts'
import { SignUpInput, type Visitor } from '@/lib/accounts/schema'
import { visitorAction } from '@/lib/auth'

export const signUpAction = visitorAction(SignUpInput, ({ ip }: Visitor, input: SignUpInput) => signUp(input, { ip }))
