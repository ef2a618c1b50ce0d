import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import type { ClientCertificate, Problem } from '../engine'
import type { Issue } from '../errors'
import { endpointsIn } from './endpoints'
import { openAny } from './open-secrets'

/** What a person may want to know of a certificate. Times are ISO 8601, UTC. */
export type CertificateFacts = { subject: string; issuer: string; validFrom: string; expiresAt: string }

const day = 86_400_000
const warnDays = 30

const oneLine = (name: string): string => name.split('\n').reverse().join(', ')

function parse(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem)
  } catch {
    return undefined
  }
}

/** Reads the first certificate of a PEM text; `undefined` when there is none. */
export function readCertificate(pem: string): CertificateFacts | undefined {
  const found = parse(pem)
  if (!found) return undefined
  return {
    subject: oneLine(found.subject),
    issuer: oneLine(found.issuer),
    validFrom: new Date(found.validFrom).toISOString(),
    expiresAt: new Date(found.validTo).toISOString(),
  }
}

const dateOf = (iso: string): string => iso.slice(0, 10)

/** What a certificate's dates say to its owner. */
export function dateProblem(facts: CertificateFacts, nowMs: number): Omit<Problem, 'path'> | undefined {
  const leftMs = Date.parse(facts.expiresAt) - nowMs
  if (leftMs <= 0)
    return {
      severity: 'error',
      message: `The client certificate expired on ${dateOf(facts.expiresAt)}. Give the new one.`,
    }
  if (Date.parse(facts.validFrom) > nowMs)
    return { severity: 'warning', message: `The client certificate is valid from ${dateOf(facts.validFrom)} on.` }
  if (leftMs > warnDays * day) return undefined
  const days = Math.ceil(leftMs / day)
  const left = days === 1 ? 'within a day' : `in ${days} days`
  return { severity: 'warning', message: `The client certificate expires ${left}, on ${dateOf(facts.expiresAt)}.` }
}

/** What to mend in the certificates of a document; paths point into it. Private keys stay closed. */
export function certificateProblems(document: unknown, nowMs: number): Problem[] {
  return endpointsIn(document).flatMap(({ path, stepId, endpoint }): Problem[] => {
    const given = endpoint.client_certificate
    if (!given) return []
    const at = (key: string) => `${path}.client_certificate.${key}`
    const facts = readCertificate(given.certificate)
    const step = stepId === undefined ? {} : { stepId }
    const unreadable = 'This is no certificate in PEM: it begins with -----BEGIN CERTIFICATE-----.'
    const found: Problem[] = []
    if (!facts) found.push({ severity: 'error', path: at('certificate'), message: unreadable, ...step })
    const dates = facts && dateProblem(facts, nowMs)
    if (dates) found.push({ ...dates, path: at('certificate'), ...step })
    if (given.ca?.trim() && !parse(given.ca))
      found.push({ severity: 'error', path: at('ca'), message: unreadable, ...step })
    return found
  })
}

/** OpenSSL's words for a wrong or a missing passphrase are its own. */
function keyOf(pem: string, passphrase: string | undefined): KeyObject | Issue {
  try {
    return createPrivateKey({ key: pem, ...(passphrase !== undefined && { passphrase }) })
  } catch (error) {
    const { code } = error as { code?: string }
    const isLocked = code === 'ERR_MISSING_PASSPHRASE' || /ENCRYPTED/.test(pem)
    if (isLocked && passphrase === undefined)
      return { path: 'passphrase', message: 'The private key is encrypted. Give its passphrase.' }
    if (isLocked) return { path: 'passphrase', message: 'The passphrase does not open the private key.' }
    return {
      path: 'private_key',
      message: 'This is no private key in PEM: it begins with -----BEGIN PRIVATE KEY-----.',
    }
  }
}

async function issueOf(accountId: string, given: ClientCertificate): Promise<Issue | undefined> {
  const certificate = parse(given.certificate)
  if (!certificate) return { path: 'certificate', message: 'This is no certificate in PEM.' }
  const passphrase = given.passphrase === undefined ? undefined : await openAny(accountId, given.passphrase)
  const key = keyOf(await openAny(accountId, given.private_key), passphrase)
  if ('message' in key) return key
  return certificate.checkPrivateKey(key)
    ? undefined
    : { path: 'private_key', message: 'The private key is not the one of this certificate.' }
}

const webhookSecret = /^(whsec_)?[A-Za-z0-9+/]{32,88}={0,2}$/

/**
 * What is wrong with the secrets of a document that only their text tells: a key of another certificate, a passphrase,
 * a signing secret that is none. Asked before they are sealed.
 */
export async function secretIssues(accountId: string, document: unknown): Promise<Issue[]> {
  const issues: Issue[] = []
  for (const { path, endpoint } of endpointsIn(document)) {
    const { client_certificate: given, signing } = endpoint
    const wrong = given && (await issueOf(accountId, given).catch(() => undefined))
    if (wrong) issues.push({ ...wrong, path: `${path}.client_certificate.${wrong.path}` })
    const secret = signing?.type === 'standard_webhooks' ? signing.secret : undefined
    if (typeof secret === 'string' && !secret.includes('{{') && !webhookSecret.test(secret.trim())) {
      const message = 'Give a secret like whsec_…, which is base64 of 24 to 64 bytes, or make one here.'
      issues.push({ path: `${path}.signing.secret`, message })
    }
  }
  return issues
}
