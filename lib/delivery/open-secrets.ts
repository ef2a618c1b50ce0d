import {
  Auth,
  bodyKey,
  ClientCertificate,
  nameOfSecret,
  type OutgoingRequest,
  type Secret,
  Signing,
  secretsIn,
} from '../engine'
import { openNamedSecret, openSecret } from '../secrets'

/** The texts of the secrets of one request, while it is made ready and sent. */
export type OpenSecrets = {
  /** The text of a secret that stands in the request's authentication, signing or certificate. */
  text: (secret: Secret) => string
  /** The texts of those that its templates name. */
  named: Readonly<Record<string, string>>
}

const none: OpenSecrets = {
  text: () => {
    throw new Error('a secret was asked for that the request does not have')
  },
  named: {},
}

type Part = Auth | Signing | ClientCertificate
const places = new WeakMap<Part, Secret[]>()

/** Parts live as long as their flow's version, so each is looked through once. */
function secretsOfPart(
  part: Part | undefined,
  schema: typeof Auth | typeof Signing | typeof ClientCertificate,
): Secret[] {
  if (!part) return []
  const known = places.get(part)
  if (known) return known
  const found = secretsIn(schema, part).map(({ value }) => value)
  places.set(part, found)
  return found
}

/** Opens a secret of an account, wherever a document has it. Throws when it is not there. */
export async function openAny(accountId: string, secret: Secret): Promise<string> {
  const name = nameOfSecret(secret)
  if (name !== undefined) return openNamedSecret(accountId, name)
  return typeof secret === 'string' ? secret : openSecret(accountId, secret)
}

/** The texts of one authentication's secrets. Throws when one can't be opened. */
export async function textsOf(accountId: string, auth: Auth): Promise<OpenSecrets['text']> {
  const texts = new Map<Secret, string>()
  for (const secret of secretsOfPart(auth, Auth)) texts.set(secret, await openAny(accountId, secret))
  return (secret) => texts.get(secret) ?? none.text(secret)
}

const keyOf = ({ auth }: OutgoingRequest): Secret | undefined => (auth.type === 'api_key' ? auth.key : undefined)

/** Opens every secret that a request needs; does nothing for one without. Throws when one can't be opened. */
export async function openSecrets(accountId: string, request: OutgoingRequest): Promise<OpenSecrets> {
  const { auth, signing, clientCertificate, secrets, security } = request
  if (auth.type === 'none' && !signing && !clientCertificate && !secrets && !security) return none
  const texts = new Map<Secret, string>()
  const inParts = [
    ...secretsOfPart(auth, Auth),
    ...secretsOfPart(signing, Signing),
    ...secretsOfPart(clientCertificate, ClientCertificate),
    ...(security ? [security.password] : []),
  ]
  for (const secret of inParts) texts.set(secret, await openAny(accountId, secret))
  const named: Record<string, string> = {}
  for (const name of secrets?.names ?? []) {
    const key = name === bodyKey ? keyOf(request) : undefined
    named[name] = key === undefined ? await openNamedSecret(accountId, name) : await openAny(accountId, key)
  }
  return { text: (secret) => texts.get(secret) ?? none.text(secret), named }
}
