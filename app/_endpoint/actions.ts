'use server'

import type { z } from 'zod'
import { checkPassword } from '@/lib/accounts'
import type { Actor } from '@/lib/actor'
import { userAction } from '@/lib/auth'
import { readCertificate, tryToken } from '@/lib/delivery'
import { ReadCertificateInput, TryTokenInput } from '@/lib/delivery/schema'
import { ok } from '@/lib/result'
import { revealSecret } from '@/lib/secrets'
import { RevealSecretInput } from '@/lib/secrets/schema'

export const tryTokenAction = userAction(TryTokenInput, tryToken)

export const readCertificateAction = userAction(
  ReadCertificateInput,
  async (_actor: Actor, { certificate }: z.infer<typeof ReadCertificateInput>) =>
    ok({ facts: readCertificate(certificate) ?? null }),
  { needs: 'viewer' },
)

export const revealSecretAction = userAction(
  RevealSecretInput,
  (actor: Actor, { secret, password }: z.infer<typeof RevealSecretInput>) =>
    revealSecret(actor, { secret }, password, checkPassword),
  { needs: 'admin' },
)
