import { createSecureContext, type SecureContext } from 'node:tls'
import { buildConnector } from 'undici'
import { egressFailure } from './failures'

export type Connector = buildConnector.connector

/** A client certificate with its key, PEM. `ca` is trusted for the server in place of the public authorities. */
export type TlsIdentity = {
  /** Tells identities apart. */
  key: string
  certificate: string
  privateKey: string
  passphrase?: string
  ca?: string
}

// names its own checks, so that NODE_TLS_REJECT_UNAUTHORIZED in the environment can't turn them off
const options = { rejectUnauthorized: true, maxCachedSessions: 256, timeout: 0 }
const anonymous = buildConnector(options)

/** How sockets of an identity are encrypted; its sessions are its own. Connecting throws when it can't be used. */
export function connectorFor(identity: TlsIdentity | undefined): Connector {
  if (!identity) return anonymous
  let connector: Connector | undefined
  return (target, callback) => {
    connector ??= buildConnector({ ...options, secureContext: contextOf(identity) })
    connector(target, callback)
  }
}

function contextOf({ certificate, privateKey, passphrase, ca }: TlsIdentity): SecureContext {
  try {
    return createSecureContext({
      cert: certificate,
      key: privateKey,
      ...(passphrase !== undefined && { passphrase }),
      ...(ca !== undefined && { ca }),
    })
  } catch {
    throw egressFailure('identity-unusable')
  }
}
