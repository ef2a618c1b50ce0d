'use server'

import type { z } from 'zod'
import { checkPassword } from '@/lib/accounts'
import type { Actor } from '@/lib/actor'
import { userAction } from '@/lib/auth'
import { createNamedSecret, deleteNamedSecret, replaceNamedSecret, revealNamedSecret } from '@/lib/secrets'
import { NamedSecretInput, RevealNamedSecretInput, SecretNameInput } from '@/lib/secrets/schema'

export const createSecretAction = userAction(NamedSecretInput, createNamedSecret)
export const replaceSecretAction = userAction(NamedSecretInput, replaceNamedSecret)
export const deleteSecretAction = userAction(SecretNameInput, deleteNamedSecret)
export const revealNamedSecretAction = userAction(
  RevealNamedSecretInput,
  (actor: Actor, input: z.infer<typeof RevealNamedSecretInput>) => revealNamedSecret(actor, input, checkPassword),
  { needs: 'admin' },
)
