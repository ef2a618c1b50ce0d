import { now } from '../clock'
import type { DeliveringConnection } from '../connections/index'
import { certificateProblems } from '../delivery/index'
import { checkDestination, checkMailDestination, type DestinationConfig, type Problem } from '../engine/index'
import { forbidden, type Issue, invalid } from '../errors'
import { sameJson } from '../flows/index'
import { checkUrl } from '../http/index'
import { err, ok, type Result } from '../result'
import type { Integration } from './schema'

/** Plain http: whoever is on the way can read the leads. The sandbox's address is our own. */
export const isInsecure = (integration: Integration, { endpoint, ping }: DestinationConfig): boolean =>
  integration !== 'sandbox' &&
  [endpoint.url, ping?.endpoint.url ?? ''].some((url) => url.toLowerCase().startsWith('http:'))

const insecureMessage =
  'This address is not encrypted: anyone on the way can read the leads. Use https://, or confirm that you accept this.'

/** Whether an address may be saved: one that can be reached, and encrypted unless the owner confirmed otherwise. */
export function checkAddress(integration: Integration, config: DestinationConfig, confirmed: boolean): Result<true> {
  if (integration !== 'webhook') return ok(true)
  const issues: Issue[] = []
  const urls = { 'config.endpoint.url': config.endpoint.url, 'config.ping.endpoint.url': config.ping?.endpoint.url }
  for (const [path, url] of Object.entries(urls)) {
    const reachable = url === undefined ? ok(true) : checkUrl(url)
    if (!reachable.ok) issues.push({ path, message: reachable.error.message })
  }
  if (isInsecure(integration, config) && !confirmed)
    issues.push({ path: 'insecureConfirmed', message: insecureMessage })
  return issues.length ? err(invalid(issues[0]?.message ?? '', issues)) : ok(true)
}

const signInOf = ({ endpoint: { auth, signing, client_certificate } }: DestinationConfig) => ({
  auth,
  ...(signing && { signing }),
  ...(client_certificate && { client_certificate }),
})

const allows = [
  {
    permission: 'endpoint_url',
    part: ({ endpoint, ping, email }: DestinationConfig) => [endpoint.url, ping?.endpoint.url, email?.to, email?.cc],
    words: 'address',
  },
  { permission: 'authentication', part: signInOf, words: 'authentication' },
  {
    permission: 'field_mappings',
    part: ({ request, ping, email: { to: _, cc: __, ...mail } = { to: [] } }: DestinationConfig) => [
      request,
      ping?.request,
      mail,
    ],
    words: 'field mappings',
  },
] as const

/** A seller may have kept for itself that its buyer changes a part of the configuration once it is connected. */
export function checkPermissions(
  connections: Pick<DeliveringConnection, 'seller' | 'permissions'>[],
  before: DestinationConfig,
  after: DestinationConfig,
): Result<true> {
  for (const { permission, part, words } of allows) {
    if (sameJson(part(before), part(after))) continue
    const against = connections.find(({ permissions }) => !permissions[permission])
    if (against)
      return err(
        forbidden(
          `${against.seller} does not allow the ${words} to be changed. Ask them, or make another destination.`,
        ),
      )
  }
  return ok(true)
}

export const takenName = (name: string): string => `You already have a destination named ${name}. Choose another name.`

type Configured = { integration: Integration; config: DestinationConfig }
type Known = NonNullable<Parameters<typeof checkDestination>[1]>

/** What its owner should mend; paths point into the configuration, those of a mail into `email`. */
export const problemsOf = ({ integration, config }: Configured, known: Known): Problem[] =>
  integration === 'email' && config.email
    ? checkMailDestination(config.email, known.sharedFields)
    : [...checkDestination(config, known), ...certificateProblems(config, now())]

const inputPath = (path: string) => (/^email(?:\.|$)/.test(path) ? path : `config.${path}`)

/** The issues that keep a configuration from being saved; warnings are shown beside it. */
export function configIssues(problems: Problem[]): Issue[] | undefined {
  const errors = problems.filter((problem) => problem.severity === 'error')
  return errors.length ? errors.map(({ path, message }) => ({ path: inputPath(path), message })) : undefined
}
