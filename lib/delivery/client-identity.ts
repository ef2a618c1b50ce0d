import { createHash } from 'node:crypto'
import type { ClientCertificate, Secret } from '../engine'
import type { TlsIdentity } from '../http'

/** The certificate with which a destination is called, its key opened. Sockets of two identities are never shared. */
export function identityOf(
  { certificate, private_key, passphrase, ca }: ClientCertificate,
  text: (secret: Secret) => string,
): TlsIdentity {
  const parts = {
    certificate,
    privateKey: text(private_key),
    ...(passphrase !== undefined && { passphrase: text(passphrase) }),
    ...(ca?.trim() && { ca }),
  }
  return { ...parts, key: createHash('sha256').update(JSON.stringify(parts)).digest('base64url') }
}
