import type { SignInTools } from '@/components/endpoint/sign-in-tools'
import { readCertificateAction, revealSecretAction, tryTokenAction } from './actions'

/** What the sign-in editor asks of the server, in either portal. */
export const signInTools: Omit<SignInTools, 'secrets'> = {
  reveal: revealSecretAction,
  tryToken: tryTokenAction,
  readCertificate: readCertificateAction,
}
